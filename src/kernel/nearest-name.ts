/** A name further off than this is another name. */
const MOST_EDITS = 2;

/** The name that was probably meant by a misspelt one: in another case, or few letters off. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const wanted = given.trim().toLowerCase();
  const near = names
    .filter(({ length }) => Math.abs(length - wanted.length) <= MOST_EDITS)
    .map((name) => ({ name, edits: editsBetween(wanted, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= MOST_EDITS)
    .sort((a, b) => a.edits - b.edits);
  return near[0]?.name;
}

/** What is said about the first of the names given that is none, with the one that was probably meant; undefined when all are some. */
export function strangerText(kind: string, given: readonly string[], names: readonly string[]): string | undefined {
  const stranger = given.find((name) => !names.includes(name));
  if (stranger === undefined) return undefined;
  const nearest = nearestName(stranger, names);
  return `there is no ${kind} ${stranger}; ${nearest === undefined ? `there are ${names.join(", ")}` : `did you mean ${nearest}?`}`;
}

/** Levenshtein's distance: how many letters have to be put in, left out or changed. */
function editsBetween(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
