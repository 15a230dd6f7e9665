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

/** Throws InvalidArgumentException for keys and values that AddTagsToStream and RemoveTagsFromStream do not take. */
export function checkStreamTags(texts: readonly string[], deed: Deed, stream: NamedStream): void {
  if (!texts.every((text) => OF_STREAMS.test(text))) throw invalidArgument(INVALID);
  checkRest(texts, deed, under(stream));
}

/** The same for TagResource and the like, which take a colon, too. `resource` is named in the error. */
export function checkResourceTags(texts: readonly string[], deed: Deed, resource: string): void {
  if (!texts.every((text) => OF_RESOURCES.test(text))) throw invalidArgument(INVALID);
  checkRest(texts, deed, resource);
}

/** Keys and values alike. */
export function textsOf(tags: Tags): readonly string[] {
  return Object.entries(tags).flat();
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

function checkRest(texts: readonly string[], deed: Deed, resource: string): void {
  if (texts.some((text) => text.includes("%"))) {
    throw invalidArgument(
      `Failed to ${deed} ${resource} because some tags contained illegal characters. The allowed characters are Unicode letters, white-spaces, '_',',','/','=','+','-','@'.`,
    );
  }
  // The text is ours.
  if (texts.some((text) => /^aws:/i.test(text))) throw invalidArgument("Tag keys must not begin with aws:.");
}
