import { type ItemsAfter, type Page, pageOf } from "../page.ts";
import { invalidParameter } from "./errors.ts";

/** AWS: what a page of nearly every listing holds. */
const PAGE_SIZE = 100;

/** The page of a listing a token leads to. AWS leaves the order open; here it is that of `keyOf`. */
export function listingPage<Item>(
  itemsAfter: ItemsAfter<Item>,
  keyOf: (item: Item) => string,
  { listing, NextToken: token, MaxResults: maxCount = PAGE_SIZE }: PageRequest,
): Page<Item> {
  // AWS: an empty token is none. Many programs begin with one.
  const page = pageOf(itemsAfter, { keyOf, listing, token: token || undefined, maxCount });
  if (page === undefined) throw invalidParameter("NextToken");
  return page;
}

interface PageRequest {
  /** The operation. */
  readonly listing: string;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}
