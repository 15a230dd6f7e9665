import type { Infer } from "../../../model/shape.ts";
import type { Call } from "../../service.ts";
import { isAllowed, isReserved, joined, separated, type Tags } from "../../tags.ts";
import { invalid, TagLimitExceeded } from "../errors.ts";
import type { tagList } from "../shapes.ts";

type TagList = Infer<typeof tagList>;

/** The tags of a list. Throws InvalidParameter for the first that cannot be. */
export function readTags(list: TagList, call: Pick<Call, "stackId">): Tags {
  const tags = Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
  if (Object.keys(tags).length < list.length) throw invalid("Duplicated keys are not allowed.");
  for (const [key, value] of Object.entries(separated(tags, call).given)) checkTag(key, value);
  return tags;
}

/** Throws InvalidParameter for keys of tags that only AWS takes off. GAP: its words are not known. */
export function checkRemoval(keys: readonly string[]): void {
  if (keys.some((key) => isReserved(key))) throw invalid(RESERVED);
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

const RESERVED = "Tag keys must not begin with aws:.";

/** GAP: AWS's words for tags that cannot be are not known. */
function checkTag(key: string, value: string): void {
  if (isReserved(key)) throw invalid(RESERVED);
  if (!isAllowed(key)) throw invalid("Tag keys can only contain letters, digits, white space and _ . : / = + - @.");
  if (!isAllowed(value)) {
    throw invalid("Tag values can only contain letters, digits, white space and _ . : / = + - @.");
  }
}
