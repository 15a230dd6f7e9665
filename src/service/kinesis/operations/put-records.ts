import type { Stream } from "../../../engine/stream/stream.ts";
import {
  integer,
  list,
  passedString,
  type RequiredMember,
  required,
  type Shape,
  string,
  structure,
} from "../../../model/shape.ts";
import { DryRunOperationException, dataErrors, kmsErrors, ProvisionedThroughputExceededException } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { invalidArgument } from "../refusals.ts";
import { data, dryRun, hashKey, partitionKey, streamAddress } from "../shapes.ts";
import {
  encryptionTypeOf,
  explicitHashKeyOf,
  type GivenRecord,
  needsNoKey,
  put,
  recordSize,
  writableStream,
} from "../shard/put.ts";
import { tooLong } from "../wording.ts";

/** AWS: data and partition keys of all records together. */
const MOST_BYTES = 10 * 1024 * 1024;

function inputWith<Key extends Shape | RequiredMember>(key: Key) {
  const entry = structure({ PartitionKey: key, ExplicitHashKey: hashKey, Data: required(data) });
  return structure({ Records: required(list(entry, { min: 1, max: 500 })), ...streamAddress, DryRun: dryRun });
}

const input = inputWith(partitionKey);
const keyedInput = inputWith(required(partitionKey));

const result = structure({
  SequenceNumber: passedString(),
  ShardId: string(),
  ErrorCode: string(),
  ErrorMessage: string(),
});

/** Puts up to five hundred records on a stream. API_PutRecords. */
export const putRecords = kinesisOperation({
  name: "PutRecords",
  input,
  shapeFor: (context, members) => (needsNoKey(context, members) ? input : keyedInput),
  output: structure({ FailedRecordCount: integer(), Records: required(list(result)), EncryptionType: string() }),
  maxDocumentBytes: Number.POSITIVE_INFINITY, // 10 MiB in base64 are what the server takes at most
  errors: [...dataErrors, ...kmsErrors],
  gaps: ["No KMS key is ever used, so the KMS errors do not occur."],
  handle(context, { Records: given, StreamName, StreamARN, DryRun }) {
    const stream = writableStream(context, { StreamName, StreamARN });
    checkSizes(stream, given);
    const hashKeys = given.map(explicitHashKeyOf);
    if (DryRun) throw new DryRunOperationException();
    const placed = given.map((record, index) => put(stream, record, hashKeys[index]));
    const failed = placed.filter((outcome) => typeof outcome === "string");
    return {
      FailedRecordCount: failed.length,
      Records: placed.map((outcome) => (typeof outcome === "string" ? throttled(outcome) : outcome)),
      EncryptionType: encryptionTypeOf(stream),
    };
  },
});

/** AWS: records that are too large, or too many bytes together, fail the whole call. */
function checkSizes(stream: Stream, records: readonly GivenRecord[]): void {
  const { maxRecordBytes } = stream.configuration.settings;
  let bytes = 0;
  const tooLarge: (readonly string[])[] = [];
  records.forEach((record, index) => {
    const size = recordSize(record);
    if (size > maxRecordBytes) tooLarge.push(["Records", String(index + 1), "Data"]);
    bytes += size;
  });
  if (tooLarge.length > 0) throw tooLong(input, tooLarge, maxRecordBytes);
  if (bytes > MOST_BYTES) throw invalidArgument("Records size exceeds 10 MB limit");
}

function throttled(message: string) {
  return { ErrorCode: ProvisionedThroughputExceededException.shape, ErrorMessage: message };
}
