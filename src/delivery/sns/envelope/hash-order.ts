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
