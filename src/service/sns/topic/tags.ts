import type { Infer } from "../../../model/shape.ts";
import { invalid, TagLimitExceeded } from "../errors.ts";
import type { tagList } from "../shapes.ts";

type TagList = Infer<typeof tagList>;
type Tags = Readonly<Record<string, string>>;

/** AWS: tags of a resource. Developer guide, topic tags. */
const MAX_TAGS = 50;
const ALLOWED = /^[\p{L}\p{N}\p{Z}\s_.:/=+\-@]*$/u;
const RESERVED = /^aws:/i;

/** The tags of a list. Throws InvalidParameter for the first that cannot be. */
export function readTags(list: TagList): Tags {
  const tags = Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
  if (Object.keys(tags).length < list.length) throw invalid("Duplicated keys are not allowed.");
  for (const { Key, Value } of list) checkTag(Key, Value);
  return tags;
}

/** The tags with others added; a known key gets the new value. Throws TagLimitExceeded. */
export function withTags(current: Tags, added: Tags): Tags {
  const tags = Object.fromEntries([...Object.entries(current), ...Object.entries(added)]);
  if (Object.keys(tags).length > MAX_TAGS) throw new TagLimitExceeded();
  return tags;
}

export function withoutTags(current: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(current).filter(([key]) => !keys.includes(key)));
}

export function tagListOf(tags: Tags): TagList {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** GAP: AWS's words for tags that cannot be are not known. */
function checkTag(key: string, value: string): void {
  if (RESERVED.test(key)) throw invalid("Tag keys must not begin with aws:.");
  if (!ALLOWED.test(key)) throw invalid("Tag keys can only contain letters, digits, white space and _ . : / = + - @.");
  if (!ALLOWED.test(value)) {
    throw invalid("Tag values can only contain letters, digits, white space and _ . : / = + - @.");
  }
}
