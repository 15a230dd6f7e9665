/** Clients sign with few credentials and call few hosts, so a handful of answers spares nearly every request the parsing. */
const MAX_REMEMBERED = 64;

/** The function with its latest answers kept. */
export function remembering<T>(compute: (text: string) => T): (text: string) => T {
  const remembered = new Map<string, T>();
  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const value = compute(text);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(text, value);
    return value;
  };
}
