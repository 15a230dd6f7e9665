/** What a database is called in sentences: its URL without the password. */
export function nameOf(url: string): string {
  const { username, host, pathname, searchParams } = new URL(url);
  const user = username === "" ? "" : `${username}@`;
  return `postgres://${user}${searchParams.get("host") ?? host}${pathname}`;
}
