import type { MessageAttributes } from "../../../kernel/message-attribute.ts";
import type { Member } from "./document.ts";

/**
 * The attributes as envelopes show them: text whatever their type, bytes in base64. AWS does not keep the order of the
 * request: `attr2` was recorded before `attr1`, which is where a HashMap has them.
 */
export function attributeMembers(
  attributes: MessageAttributes,
  typeOf: (dataType: string) => string = (dataType) => dataType,
): Member[] {
  return hashOrdered(Object.entries(attributes)).map(([name, { dataType, value }]) => {
    const text = typeof value === "string" ? value : Buffer.from(value).toString("base64");
    return [name, JSON.stringify({ Type: typeOf(dataType), Value: text })];
  });
}

/** Java's HashMap starts with so many buckets, and doubles them when they are three quarters full. */
const FEWEST_BUCKETS = 16;
const LARGEST_LOAD = 0.75;

/** The entries, each under another name, in the order in which Java's HashMap goes through them. */
export function hashOrdered<T>(entries: readonly (readonly [name: string, value: T])[]): (readonly [string, T])[] {
  let buckets = FEWEST_BUCKETS;
  while (entries.length > buckets * LARGEST_LOAD) buckets *= 2;
  const bucketOf = (name: string): number => spreadHash(name) & (buckets - 1);
  // What shares a bucket stays as it was put there.
  return [...entries].sort(([a], [b]) => bucketOf(a) - bucketOf(b));
}

/** String.hashCode, its upper half mixed into the lower one. */
function spreadHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash ^ (hash >>> 16);
}
