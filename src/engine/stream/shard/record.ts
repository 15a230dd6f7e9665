import type { MaybeBase64 } from "../../../kernel/base64.ts";
import { utf8Length } from "../../../kernel/utf8.ts";

/** What a producer hands over. */
export interface NewRecord {
  /** Copied on the way in, and kept in the form in which it comes. */
  readonly data: MaybeBase64;
  /** May be missing only where the stream distributes records by itself. */
  readonly partitionKey?: string | undefined;
  /** Places the record instead of its partition key's hash; below 2^128. */
  readonly explicitHashKey?: bigint | undefined;
}

/** A record as a consumer reads it. */
export interface StoredRecord {
  readonly sequenceNumber: string;
  /** ApproximateArrivalTimestamp, epoch milliseconds. */
  readonly arrivedAt: number;
  /** A view into the log, not to be written to, in the form in which it came. */
  readonly data: MaybeBase64;
  readonly partitionKey: string | undefined;
  readonly isEncrypted: boolean;
}

/** Bytes a record counts for: data and partition key. */
export function recordBytes({ data, partitionKey }: Pick<NewRecord, "data" | "partitionKey">): number {
  return data.length + (partitionKey === undefined ? 0 : utf8Length(partitionKey));
}
