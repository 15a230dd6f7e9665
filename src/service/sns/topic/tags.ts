import type { Infer } from "../../../model/shape.ts";
import { isAllowed, isReserved, joined, type Tags } from "../../tags.ts";
import { invalid, TagLimitExceeded } from "../errors.ts";
import type { tagList } from "../shapes.ts";

type TagList = Infer<typeof tagList>;

/** The tags of a list. Throws InvalidParameter for the first that cannot be. */
export function readTags(list: TagList): Tags {
  const tags = Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
  if (Object.keys(tags).length < list.length) throw invalid("Duplicated keys are not allowed.");
  for (const { Key, Value } of list) checkTag(Key, Value);
  return tags;
}

/** The tags with others added; a known key gets the new value. Throws TagLimitExceeded. */
export function withTags(current: Tags, added: Tags): Tags {
  const tags = joined(current, added);
  if (tags === undefined) throw new TagLimitExceeded();
  return tags;
}

export function tagListOf(tags: Tags): TagList {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** GAP: AWS's words for tags that cannot be are not known. */
function checkTag(key: string, value: string): void {
  if (isReserved(key)) throw invalid("Tag keys must not begin with aws:.");
  if (!isAllowed(key)) throw invalid("Tag keys can only contain letters, digits, white space and _ . : / = + - @.");
  if (!isAllowed(value)) {
    throw invalid("Tag values can only contain letters, digits, white space and _ . : / = + - @.");
  }
}
