import type { Position } from "../../../engine/stream/shard/record-log.ts";
import { type Shard, shardIdOf, shardIndexOf } from "../../../engine/stream/shard/shard.ts";
import type { PositionOutcome, StartingPosition } from "../../../engine/stream/shard/starting-position.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { InternalFailure } from "../errors.ts";
import type { KinesisContext } from "../operation.ts";
import { invalidArgument, shardNotFound, under } from "../refusals.ts";
import { type AddressMembers, addressOf } from "../stream/stream-address.ts";

/** Where a call wants to begin to read, in AWS's words. */
interface WantedPosition {
  /** The operation that was called, as errors mention it. */
  readonly operation: "GetShardIterator" | "SubscribeToShard";
  readonly type: string;
  readonly sequenceNumber: string | undefined;
  readonly timestamp: number | undefined;
}

/** Finds the position in the shard. Throws InvalidArgumentException when the wish says too little, too much or nonsense. */
export function positionOf(stream: Stream, shard: Shard, wanted: WantedPosition): Position {
  const found = stream.position(shard, startOf(wanted));
  if (found.outcome === "found") return found.position;
  throw refusalOf(found, { stream, shard, wanted });
}

function startOf({ type, sequenceNumber, timestamp }: WantedPosition): StartingPosition {
  switch (type) {
    case "TRIM_HORIZON":
    case "LATEST":
      if (sequenceNumber !== undefined) throw wrongParameters(type, "also a StartingSequenceNumber");
      return { type };
    case "AT_TIMESTAMP":
      if (timestamp === undefined) throw noTimestamp();
      return { type, instant: timestamp };
    default:
      if (sequenceNumber === undefined) throw wrongParameters(type, "no StartingSequenceNumber");
      return { type: type === "AT_SEQUENCE_NUMBER" ? type : "AFTER_SEQUENCE_NUMBER", sequenceNumber };
  }
}

function wrongParameters(type: string, specified: string): AwsError {
  return invalidArgument(
    `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${type} and ${specified}.`,
  );
}

function noTimestamp(): AwsError {
  return invalidArgument(
    "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
  );
}

function refusalOf(
  found: Exclude<PositionOutcome, { outcome: "found" }>,
  { stream, shard, wanted }: { readonly stream: Stream; readonly shard: Shard; readonly wanted: WantedPosition },
): AwsError {
  const { operation, sequenceNumber, timestamp } = wanted;
  const used = `StartingSequenceNumber ${sequenceNumber} used in ${operation} on shard ${shard.id} in ${under(stream)} is invalid`;
  switch (found.outcome) {
    case "invalid":
      return invalidArgument(`${used}.`);
    case "otherShard":
      return invalidArgument(
        `Invalid StartingSequenceNumber. It encodes ${shardIdOf(found.shardIndex)}, while it was used in a call to a shard with ${shard.id}`,
      );
    case "otherStream":
      // AWS: numbers of the oldest version are more than it can bear.
      if (found.version === 0) return new InternalFailure();
      return invalidArgument(`${used} because it did not come from this stream.`);
    case "future":
      return invalidArgument(
        `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${timestamp}, currentTimestampInMillis: ${found.now}`,
      );
  }
}

/** A shard as a call names it, which does not mean that it exists. */
export interface NamedShard {
  readonly index: number;
  /** In canonical form, as errors show it. */
  readonly id: string;
}

/** AWS: a text that cannot be a shard's id is refused before anybody asks whether there is such a stream. */
export function readShardId({ call }: KinesisContext, members: AddressMembers, text: string): NamedShard {
  const index = shardIndexOf(text);
  if (index === undefined) throw shardNotFound(text, addressOf(call, members));
  return { index, id: shardIdOf(index) };
}
