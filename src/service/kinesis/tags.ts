import { countOf, type Tags } from "../../engine/stream/settings.ts";
import type { AwsError } from "../../kernel/aws-error.ts";
import { isReserved } from "../tags.ts";
import { invalidArgument, type NamedStream, under } from "./refusals.ts";

/** AWS: what passes for a tag; a per cent sign passes here only to be refused in other words. */
const ALLOWED = /^[\p{L}\p{N} _.:/=+\-%@]*$/u;

const INVALID =
  "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.";

/** How an operation on tags is described in its errors. */
type Deed = "add tags to" | "remove tags from";

/** The texts of tags that are to be added, or of those to be removed, which have no values. */
interface TagTexts {
  readonly keys: readonly string[];
  readonly values?: readonly string[];
}

/** Throws InvalidArgumentException for keys and values that cannot be. `resource` is named in the error. */
export function checkTags({ keys, values = [] }: TagTexts, deed: Deed, resource: string): void {
  const texts = [...keys, ...values];
  if (!texts.every((text) => ALLOWED.test(text))) throw invalidArgument(INVALID);
  if (texts.some((text) => text.includes("%"))) {
    throw invalidArgument(
      `Failed to ${deed} ${resource} because some tags contained illegal characters. The allowed characters are Unicode letters, white-spaces, '_',',','/','=','+','-','@'.`,
    );
  }
  // The text is ours.
  if (keys.some((key) => isReserved(key))) throw invalidArgument("Tag keys must not begin with aws:.");
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
  checkTags(textsOf(tags), "add tags to", under(stream));
  if (countOf(tags) > limit) throw tooManyTags(stream);
  return { ...tags };
}
