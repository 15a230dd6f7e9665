import type { Discarded } from "../../../engine/mapping/stream/decision/batch.ts";
import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import { dayAndTime } from "../../target/object-key-time.ts";
import type { PlacedRecord, RecordOrigin } from "./record-event.ts";

/** What the last call of records led to that were given up. */
export interface LastResponse {
  readonly executedVersion: string;
  /** Whether the function failed; otherwise it reported failures. */
  readonly isFunctionError: boolean;
}

/** What is told of records that were given up. */
export interface DiscardedBatch {
  readonly discarded: Discarded<PlacedRecord>;
  readonly requestId: string;
  /** As the mapping has it. */
  readonly functionArn: string;
  /** Absent where they grew too old. */
  readonly response: LastResponse | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly origin: RecordOrigin;
}

/** The document as a destination gets it. AWS: recorded, key for key. A bucket gets the whole event beside it, as a text. */
export function discardedDocument(batch: DiscardedBatch, payload?: string): string {
  const { discarded, requestId, functionArn, response, at, origin } = batch;
  const { records, condition, invokeCount: approximateInvokeCount } = discarded;
  const [first, last] = [records[0], records.at(-1)];
  return JSON.stringify({
    requestContext: { requestId, functionArn, condition, approximateInvokeCount },
    ...(response && { responseContext: responseContext(response) }),
    version: "1.0",
    timestamp: formatIso8601(at),
    KinesisBatchInfo: {
      shardId: origin.shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: formatIso8601(first?.arrivedAt ?? at),
      approximateArrivalOfLastRecord: formatIso8601(last?.arrivedAt ?? at),
      batchSize: records.length,
      streamArn: origin.streamArn,
    },
    ...(payload !== undefined && { payload }),
  });
}

/** AWS: the error is null where the function returned and reported failures. Recorded. */
function responseContext({ executedVersion, isFunctionError }: LastResponse) {
  return { statusCode: 200, executedVersion, functionError: isFunctionError ? "Unhandled" : null };
}

/** Where the document lies in a bucket. AWS: recorded, and the end of it from the developer guide. */
export function discardedKey({ at, origin }: DiscardedBatch, uuid: string, unique: string): string {
  return `aws/lambda/${uuid}/${origin.shardId}/${dayAndTime(at)}-${unique}`;
}
