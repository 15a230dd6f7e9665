import { StackError } from "../../engine/stack/stack-errors.ts";
import { type Page, pageOf } from "../page.ts";

/** AWS: what a page of nearly every listing holds. */
const PAGE_SIZE = 100;

/** The page of an operation's listing that a token leads to, of items that all lie in memory, in their order. Throws StackError for what is no token. */
export function listPage<Item>(
  all: readonly Item[],
  { listing, NextToken: token }: { readonly listing: string; readonly NextToken?: string | undefined },
  keyOf: (item: Item) => string,
): Page<Item> {
  const after = (key: string): readonly Item[] => {
    if (key === "") return all;
    const at = all.findIndex((item) => keyOf(item) === key);
    return at < 0 ? [] : all.slice(at + 1);
  };
  const page = pageOf(after, { keyOf, listing, token, maxCount: PAGE_SIZE });
  if (page === undefined) throw new StackError("Invalid NextToken");
  return page;
}
