/**
 * How long lists were on the wire of which only a part was kept. A list with a maximum is not read much further than
 * that: it is refused anyway, and an error that tells its length finds it here.
 */
const lengths = new WeakMap<object, number>();

/** Says that the list is the beginning of a longer one. */
export function markCut(list: readonly unknown[], length: number): void {
  lengths.set(list, length);
}

/** How many items the list had on the wire. */
export function sentLength(list: readonly unknown[]): number {
  return lengths.get(list) ?? list.length;
}
