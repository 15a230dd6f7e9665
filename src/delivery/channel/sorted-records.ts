import type { ChannelSource } from "../../engine/stream/channel/channel.ts";
import type { TailPiece } from "../../engine/stream/consumer/tail.ts";
import type { StoredRecord } from "../../engine/stream/shard/record.ts";
import { base64Of, bytesOf } from "../../kernel/base64.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import { flawOf, type RecordFlaw } from "./record-flaw.ts";

/** Content for one object. */
export interface ObjectContent {
  readonly bytes: Buffer;
  /** When the first of its records arrived. */
  readonly arrivedAt: number;
}

/** What a channel takes to its bucket, and what it cannot; undefined where there is nothing of it. */
interface SortedRecords {
  readonly delivered: ObjectContent | undefined;
  /** A line of JSON for each record. */
  readonly refused: ObjectContent | undefined;
}

/** Puts the records one behind the other, those of each shard in their order, unless they are not of the format. */
export function sortRecords(
  pieces: readonly TailPiece[],
  { recordFormat, streamArn }: Pick<ChannelSource, "recordFormat" | "streamArn">,
): SortedRecords {
  const delivered = new Content();
  const refused = new Content();
  for (const { shard, records } of pieces) {
    for (const record of records) {
      const bytes = bytesOf(record.data);
      const flaw = flawOf(bytes, recordFormat);
      if (flaw === undefined) delivered.add(bytes, record.arrivedAt);
      else refused.add(deadLetter(record, { flaw, streamArn, shardId: shard.id }), record.arrivedAt);
    }
  }
  return { delivered: delivered.object, refused: refused.object };
}

class Content {
  readonly #chunks: Uint8Array[] = [];
  #arrivedAt = Number.POSITIVE_INFINITY;

  get object(): ObjectContent | undefined {
    if (this.#chunks.length === 0) return undefined;
    return { bytes: Buffer.concat(this.#chunks), arrivedAt: this.#arrivedAt };
  }

  add(bytes: Uint8Array, arrivedAt: number): void {
    this.#chunks.push(bytes);
    this.#arrivedAt = Math.min(this.#arrivedAt, arrivedAt);
  }
}

/** GAP: how AWS's dead letters look is not known, only that they say what was wrong. */
function deadLetter(
  { sequenceNumber, partitionKey, arrivedAt, data }: StoredRecord,
  { flaw, streamArn, shardId }: { readonly flaw: RecordFlaw; readonly streamArn: string; readonly shardId: string },
): Buffer {
  const letter = {
    errorCode: flaw.code,
    errorMessage: flaw.message,
    streamARN: streamArn,
    shardId,
    sequenceNumber,
    partitionKey,
    approximateArrivalTimestamp: formatIso8601(arrivedAt),
    rawData: base64Of(data),
  };
  return Buffer.from(`${JSON.stringify(letter)}\n`);
}
