import { countOf, type Tags } from "../../engine/stream/tags.ts";
import type { AwsError } from "../../kernel/aws-error.ts";
import { invalidArgument, type NamedStream, under } from "./refusals.ts";

/** AWS: what passes for a tag of a stream; a per cent sign passes here only to be refused in other words. */
const OF_STREAMS = /^[\p{L}\p{N} _./=+\-%@]*$/u;
const OF_RESOURCES = /^[\p{L}\p{N} _.:/=+\-%@]*$/u;

const INVALID =
  "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.";

/** How an operation on tags is described in its errors. */
type Deed = "add tags to" | "remove tags from";

/** The texts of tags that are to be added, or of those to be removed, which have no values. */
export interface TagTexts {
  readonly keys: readonly string[];
  readonly values?: readonly string[];
}

/** Throws InvalidArgumentException for keys and values that AddTagsToStream and RemoveTagsFromStream do not take. */
export function checkStreamTags(texts: TagTexts, deed: Deed, stream: NamedStream): void {
  checkTexts(texts, { allowed: OF_STREAMS, deed, of: under(stream) });
}

/** The same for TagResource and the like, which take a colon, too. `resource` is named in the error. */
export function checkResourceTags(texts: TagTexts, deed: Deed, resource: string): void {
  checkTexts(texts, { allowed: OF_RESOURCES, deed, of: resource });
}

export function textsOf(tags: Tags): TagTexts {
  return { keys: Object.keys(tags), values: Object.values(tags) };
}

/** AWS: the text says ten, whatever the limit is. */
export function tooManyTags(stream: NamedStream): AwsError {
  return invalidArgument(
    `Failed to add tags to ${under(stream)} because a given stream cannot have more than 10 tags associated with it.`,
  );
}

/** The tags that something is to be created with. Throws InvalidArgumentException. */
export function firstTags(tags: Tags | undefined, stream: NamedStream, limit: number): Tags {
  if (tags === undefined) return {};
  checkResourceTags(textsOf(tags), "add tags to", under(stream));
  if (countOf(tags) > limit) throw tooManyTags(stream);
  return { ...tags };
}

function checkTexts(
  { keys, values = [] }: TagTexts,
  { allowed, deed, of }: { readonly allowed: RegExp; readonly deed: Deed; readonly of: string },
): void {
  const texts = [...keys, ...values];
  if (!texts.every((text) => allowed.test(text))) throw invalidArgument(INVALID);
  if (texts.some((text) => text.includes("%"))) {
    throw invalidArgument(
      `Failed to ${deed} ${of} because some tags contained illegal characters. The allowed characters are Unicode letters, white-spaces, '_',',','/','=','+','-','@'.`,
    );
  }
  // The text is ours.
  if (keys.some((key) => /^aws:/i.test(key))) throw invalidArgument("Tag keys must not begin with aws:.");
}
