import type { Whereabouts } from "../../../kernel/collection/by-scope.ts";
import { nearestName } from "../../../kernel/nearest-name.ts";
import { type Scope, scopeKey } from "../../../kernel/scope.ts";

/** Things of one kind, by account and region. */
export interface Directory {
  within(whereabouts: Whereabouts): readonly Shelf[];
}

interface Shelf {
  readonly scope: Scope;
  find(name: string): unknown;
  list(): Iterable<{ readonly name: string }>;
}

/** What was looked for, and where. */
interface Missing {
  readonly noun: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** So many places are looked at, and so many names of each compared: refused requests can come by the thousand. */
const MOST_SHELVES = 1_000;
const MOST_NAMES = 1_000;
const MOST_PLACES = 3;
const FIFO = ".fifo";

/** Where there is one of that name, or which name may have been meant. */
export function hintAtMissing(directory: Directory, { noun, name, account, region }: Missing): string {
  const here = `${account}/${region}`;
  const places = directory
    .within({})
    .slice(0, MOST_SHELVES)
    .filter((shelf) => shelf.find(name) !== undefined)
    .map(({ scope }) => placeOf(scope, { account, region }));
  if (places.length > 0) return `there is one in ${places.slice(0, MOST_PLACES).join(" and in ")}`;
  const names = namesIn(directory.within({ account, region }));
  const twin = name.endsWith(FIFO) ? name.slice(0, -FIFO.length) : name + FIFO;
  const nearest = names.includes(twin) ? twin : nearestName(name, names);
  if (nearest !== undefined) return `did you mean ${nearest}?`;
  return names.length === 0 ? `there is no ${noun} in ${here}` : `there is no such ${noun} in any account or region`;
}

/** The region alone where the account is the same. */
function placeOf(scope: Scope, { account }: Pick<Missing, "account" | "region">): string {
  return scope.account === account ? scope.region : scopeKey(scope);
}

function namesIn(shelves: readonly Shelf[]): readonly string[] {
  const names: string[] = [];
  for (const shelf of shelves) {
    for (const { name } of shelf.list()) if (names.push(name) === MOST_NAMES) return names;
  }
  return names;
}
