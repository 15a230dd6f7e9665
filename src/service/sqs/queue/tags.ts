import { InvalidParameterValue } from "../errors.ts";

/** AWS: quotas of tags. Developer guide, cost allocation tags. */
const MAX_TAGS = 50;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;
const ALLOWED = /^[\p{L}\p{N}\p{Z}\s_.:/=+\-@]*$/u;
const ALLOWED_TEXT = "can only contain letters, digits, white space and _ . : / = + - @.";

type Tags = Readonly<Record<string, string>>;

/** The queue's tags with the given ones added. Throws InvalidParameterValue for the first that cannot be. */
export function withTags(current: Tags, given: Tags, queueName: string): Tags {
  for (const [key, value] of Object.entries(given)) checkTag(key, value);
  const tags = Object.fromEntries([...Object.entries(current), ...Object.entries(given)]);
  if (Object.keys(tags).length > MAX_TAGS) refuse(`Too many tags added for queue ${queueName}.`);
  return tags;
}

export function withoutTags(current: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(current).filter(([key]) => !keys.includes(key)));
}

function checkTag(key: string, value: string): void {
  if (key.length < 1 || key.length > MAX_KEY_LENGTH) {
    refuse(`Tag keys must be between 1 and ${MAX_KEY_LENGTH} characters in length.`);
  }
  if (value.length > MAX_VALUE_LENGTH) {
    refuse(`Tag values must be between 0 and ${MAX_VALUE_LENGTH} characters in length.`);
  }
  if (!ALLOWED.test(key)) refuse(`Tag keys ${ALLOWED_TEXT}`);
  if (!ALLOWED.test(value)) refuse(`Tag values ${ALLOWED_TEXT}`);
  if (/^aws:/i.test(key)) refuse("Tag keys must not begin with aws:.");
}

function refuse(text: string): never {
  throw new InvalidParameterValue(text);
}
