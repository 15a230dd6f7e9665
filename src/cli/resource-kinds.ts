/** What a name can be that of. */
export const resourceKinds = ["queue", "topic", "stream"] as const;

export type ResourceKind = (typeof resourceKinds)[number];
