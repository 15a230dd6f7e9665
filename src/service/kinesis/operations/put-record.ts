import type { Stream } from "../../../engine/stream/stream.ts";
import type { Shape } from "../../../model/shape.ts";
import { type RequiredMember, required, string, structure } from "../../../model/shape.ts";
import { DryRunOperationException, dataErrors, kmsErrors, ProvisionedThroughputExceededException } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { invalidArgument, under } from "../refusals.ts";
import { data, dryRun, hashKey, partitionKey, sequenceNumber, streamAddress } from "../shapes.ts";
import { encryptionTypeOf, explicitHashKeyOf, needsNoKey, put, recordSize, writableStream } from "../shard/put.ts";
import { tooLong } from "../wording.ts";

function inputWith<Key extends Shape | RequiredMember>(key: Key) {
  return structure({
    SequenceNumberForOrdering: sequenceNumber,
    PartitionKey: key,
    ExplicitHashKey: hashKey,
    Data: required(data),
    ...streamAddress,
    DryRun: dryRun,
  });
}

const input = inputWith(partitionKey);
const keyedInput = inputWith(required(partitionKey));

/** Puts a record on a stream. API_PutRecord. */
export const putRecord = kinesisOperation({
  name: "PutRecord",
  input,
  shapeFor: (context, members) =>
    members.PartitionKey !== undefined || needsNoKey(context, members) ? input : keyedInput,
  output: structure({ ShardId: required(string()), SequenceNumber: required(string()), EncryptionType: string() }),
  maxDocumentBytes: Number.POSITIVE_INFINITY, // 10 MiB in base64 are what the server takes at most
  errors: [...dataErrors, ...kmsErrors],
  gaps: ["No KMS key is ever used, so the KMS errors do not occur."],
  handle(context, given) {
    const stream = writableStream(context, given);
    const { maxRecordBytes } = stream.configuration.settings;
    if (recordSize(given) > maxRecordBytes) throw tooLong(input, [["Data"]], maxRecordBytes);
    const hashKey = explicitHashKeyOf(given);
    checkOrdering(stream, given.SequenceNumberForOrdering);
    if (given.DryRun) throw new DryRunOperationException();
    const placed = put(stream, given, hashKey);
    if (typeof placed === "string") throw new ProvisionedThroughputExceededException(placed);
    const { ShardId, SequenceNumber } = placed;
    return { ShardId, SequenceNumber: SequenceNumber.toString(), EncryptionType: encryptionTypeOf(stream) };
  },
});

/** AWS: the text has another name for the parameter. */
function checkOrdering(stream: Stream, ordering: string | undefined): void {
  if (ordering === undefined || stream.acceptsOrdering(ordering)) return;
  throw invalidArgument(`ExclusiveMinimumSequenceNumber ${ordering} used in PutRecord on ${under(stream)} is invalid.`);
}
