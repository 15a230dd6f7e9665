export type Tags = Readonly<Record<string, string>>;

/** The tags with some added or given new values. */
export function withTags(tags: Tags, added: Tags): Tags {
  return { ...tags, ...added };
}

/** The tags without those of the keys. */
export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  const removed = new Set(keys);
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(key)));
}

export function countOf(tags: Tags): number {
  return Object.keys(tags).length;
}
