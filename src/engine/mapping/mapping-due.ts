/** Something that an event source mapping does by time alone. Instants in epoch milliseconds. */
export interface MappingDue {
  readonly at: number;
  readonly kind: MappingDueKind;
  /** ARN of the queue or the stream. */
  readonly sourceArn: string;
  /** As the mapping qualifies it. */
  readonly functionArn: string;
  /** Of a stream. */
  readonly shardId?: string;
}

/**
 * `windowEnds`: what was collected so far is a batch. `retried`: a batch that failed, or that the function had no room for, is
 * tried again. `tumblingWindowEnds`: the function is called for the last time of a window. `expires`: records are too old.
 */
export type MappingDueKind = "windowEnds" | "retried" | "tumblingWindowEnds" | "expires";
