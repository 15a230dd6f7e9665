/** The first place from `start` on, before `end`, at which that holds, as it does at every later one; `end` if it holds nowhere. */
export function firstPlace(start: number, end: number, holds: (place: number) => boolean): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
