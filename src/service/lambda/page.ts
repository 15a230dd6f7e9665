import { InvalidParameterValue } from "../../engine/function/function-errors.ts";
import { type ItemsAfter, type Page, pageOf } from "../page.ts";

/** AWS: what a page of nearly every listing holds at most, whatever is asked for. */
export const MOST_ITEMS = 50;

interface PageRequest {
  /** The operation. */
  readonly listing: string;
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
  /** What a page of this listing holds at most, unless it is what one of nearly every listing does. */
  readonly most?: number;
}

/** The page of a listing that a marker leads to. Throws InvalidParameterValue for what is no marker. GAP: AWS's words are not known. */
export function listPage<Item>(
  itemsAfter: ItemsAfter<Item>,
  keyOf: (item: Item) => string,
  { listing, Marker, most = MOST_ITEMS, MaxItems = most }: PageRequest,
): Page<Item> {
  const maxCount = Math.min(MaxItems, most);
  const page = pageOf(itemsAfter, { keyOf, listing, token: Marker || undefined, maxCount });
  if (page === undefined) throw new InvalidParameterValue("Invalid Marker");
  return page;
}

/** The same of items that all lie in memory, in the order of their keys. */
export function after<Item>(items: readonly Item[], keyOf: (item: Item) => string): ItemsAfter<Item> {
  return (key) => items.filter((item) => keyOf(item) > key);
}
