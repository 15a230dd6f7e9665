import { characterCount } from "../../../kernel/character-count.ts";
import { isAllowed, isReserved, joined, MAX_KEY_LENGTH, MAX_VALUE_LENGTH, type Tags } from "../../tags.ts";
import { InvalidParameterValue } from "../errors.ts";

const ALLOWED_TEXT = "can only contain letters, digits, white space and _ . : / = + - @.";

/** The queue's tags with the given ones added. Throws InvalidParameterValue for the first that cannot be. */
export function withTags(current: Tags, given: Tags, queueName: string): Tags {
  for (const [key, value] of Object.entries(given)) checkTag(key, value);
  return joined(current, given) ?? refuse(`Too many tags added for queue ${queueName}.`);
}

function checkTag(key: string, value: string): void {
  if (key === "" || characterCount(key) > MAX_KEY_LENGTH) {
    refuse(`Tag keys must be between 1 and ${MAX_KEY_LENGTH} characters in length.`);
  }
  if (characterCount(value) > MAX_VALUE_LENGTH) {
    refuse(`Tag values must be between 0 and ${MAX_VALUE_LENGTH} characters in length.`);
  }
  if (!isAllowed(key)) refuse(`Tag keys ${ALLOWED_TEXT}`);
  if (!isAllowed(value)) refuse(`Tag values ${ALLOWED_TEXT}`);
  if (isReserved(key)) refuse("Tag keys must not begin with aws:.");
}

function refuse(text: string): never {
  throw new InvalidParameterValue(text);
}
