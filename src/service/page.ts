/** What a listing says of its pages. */
export interface Paging<Item> {
  /** What tells an item from the others, and gives its place: the listing is in the order of these texts. */
  readonly keyOf: (item: Item) => string;
  /** What the service's tokens begin with, so that one made up elsewhere is told apart. */
  readonly mark: string;
  readonly token: string | undefined;
  readonly maxCount: number;
}

/** A part of a listing. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly nextToken: string | undefined;
}

/**
 * The page of a listing, sorted by key, that a token leads to; undefined when it is no token. A token holds the last key
 * given out, so items that come and go between two calls neither shift nor break the listing.
 */
export function pageOf<Item>(
  listing: readonly Item[],
  { keyOf, mark, token, maxCount }: Paging<Item>,
): Page<Item> | undefined {
  const after = token === undefined ? "" : lastKeyIn(token, mark);
  if (after === undefined) return undefined;
  const remaining = listing.filter((item) => keyOf(item) > after);
  const items = remaining.slice(0, maxCount);
  const last = items.at(-1);
  const hasMore = last !== undefined && remaining.length > items.length;
  return { items, nextToken: hasMore ? tokenAfter(keyOf(last), mark) : undefined };
}

function tokenAfter(key: string, mark: string): string {
  return Buffer.from(mark + key).toString("base64");
}

function lastKeyIn(token: string, mark: string): string | undefined {
  const key = Buffer.from(token, "base64").toString().slice(mark.length);
  return tokenAfter(key, mark) === token ? key : undefined;
}
