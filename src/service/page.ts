import { present } from "../kernel/present.ts";

/** What a listing says of its pages. */
interface Paging<Item> {
  /** What tells an item from the others, and gives its place: the listing is in the order of these texts. */
  readonly keyOf: (item: Item) => string;
  /** The operation, with which its tokens begin: one does not take another's. */
  readonly listing: string;
  readonly token: string | undefined;
  readonly maxCount: number;
}

/** The items of a listing whose keys come after that one, in order; no more of them are made than are taken. */
export type ItemsAfter<Item> = (key: string) => Iterable<Item>;

/** A part of a listing. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly nextToken: string | undefined;
}

/**
 * The page of a listing that a token leads to; undefined when it is no token. A token holds the last key given out, so
 * items that come and go between two calls neither shift nor break the listing. Costs what the page holds.
 */
export function pageOf<Item>(
  itemsAfter: ItemsAfter<Item>,
  { keyOf, listing, token, maxCount }: Paging<Item>,
): Page<Item> | undefined {
  const mark = `${listing}:`;
  const after = token === undefined ? "" : lastKeyIn(token, mark);
  if (after === undefined) return undefined;
  return takePage(itemsAfter(after), maxCount, (last) => tokenAfter(keyOf(last), mark));
}

/** The first of the items that remain of a listing, and the token for the rest. */
export function takePage<Item>(
  remaining: Iterable<Item>,
  maxCount: number,
  tokenAfter: (last: Item) => string,
): Page<Item> {
  const items: Item[] = [];
  for (const item of remaining) {
    if (items.length === maxCount)
      return { items, nextToken: tokenAfter(present(items.at(-1), "the last item of a full page")) };
    items.push(item);
  }
  return { items, nextToken: undefined };
}

function tokenAfter(key: string, mark: string): string {
  return Buffer.from(mark + key).toString("base64");
}

function lastKeyIn(token: string, mark: string): string | undefined {
  const key = Buffer.from(token, "base64").toString().slice(mark.length);
  return tokenAfter(key, mark) === token ? key : undefined;
}
