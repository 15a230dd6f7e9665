import { type Page, pageOf } from "../page.ts";
import { invalidParameter } from "./errors.ts";

/** AWS: what a page of nearly every listing holds. */
const PAGE_SIZE = 100;

/** The page of a listing a token leads to. AWS leaves the order open; here it is that of `keyOf`. */
export function listingPage<Item>(
  listing: readonly Item[],
  keyOf: (item: Item) => string,
  { NextToken: token, MaxResults: maxCount = PAGE_SIZE }: PageRequest,
): Page<Item> {
  const sorted = [...listing].sort((a, b) => compare(keyOf(a), keyOf(b)));
  const page = pageOf(sorted, { keyOf, mark: "after:", token, maxCount });
  if (page === undefined) throw invalidParameter("NextToken");
  return page;
}

interface PageRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
