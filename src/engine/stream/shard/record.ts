/** What a producer hands over. */
export interface NewRecord {
  /** Copied on the way in. */
  readonly data: Uint8Array;
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
  /** A view into the log: not to be written to. */
  readonly data: Uint8Array;
  readonly partitionKey: string | undefined;
  readonly isEncrypted: boolean;
}

/** Bytes a record counts for: data and partition key. */
export function recordBytes({ data, partitionKey }: Pick<NewRecord, "data" | "partitionKey">): number {
  return data.byteLength + (partitionKey === undefined ? 0 : Buffer.byteLength(partitionKey));
}
