import type { Call } from "./service.ts";

/*
 * What holds for tags of every service; each says it in its own words. AWS: tag naming limits, and each service's guide.
 */

export type Tags = Readonly<Record<string, string>>;

const MAX_TAGS = 50;
export const MAX_KEY_LENGTH = 128;
export const MAX_VALUE_LENGTH = 256;

const ALLOWED = /^[\p{L}\p{N}\p{Z}\s_.:/=+\-@]*$/u;
const RESERVED = /^aws:/i;
const OF_STACKS = "aws:cloudformation:";

/** Whether a key or a value is made of what SQS and SNS allow. */
export function isAllowed(text: string): boolean {
  return ALLOWED.test(text);
}

/** Whether only AWS can set a tag of that key. */
export function isReserved(key: string): boolean {
  return RESERVED.test(key);
}

/** The tags by which CloudFormation marks what the stack makes that has an operation called, and those that were given. */
export function separated(
  tags: Tags,
  { stackId }: Pick<Call, "stackId">,
): { readonly ofStack: Tags; readonly given: Tags } {
  if (stackId === undefined) return { ofStack: {}, given: tags };
  const entries = Object.entries(tags);
  return {
    ofStack: Object.fromEntries(entries.filter(([key]) => key.startsWith(OF_STACKS))),
    given: Object.fromEntries(entries.filter(([key]) => !key.startsWith(OF_STACKS))),
  };
}

/** The tags with others added; a known key gets the new value. Undefined when that makes too many, AWS's own apart. */
export function joined(current: Tags, added: Tags): Tags | undefined {
  const tags = Object.fromEntries([...Object.entries(current), ...Object.entries(added)]);
  return Object.keys(tags).filter((key) => !isReserved(key)).length > MAX_TAGS ? undefined : tags;
}

export function withoutTags(current: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(current).filter(([key]) => !keys.includes(key)));
}
