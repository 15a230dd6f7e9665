import { MAX_HASH_KEY } from "../../../engine/stream/shard/hash-range.ts";
import { recordBytes } from "../../../engine/stream/shard/record.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { MaybeBase64 } from "../../../kernel/base64.ts";
import type { PassedText } from "../../../kernel/utf8.ts";
import type { KinesisContext } from "../operation.ts";
import { invalidArgument, streamNotFound, under } from "../refusals.ts";
import { type AddressMembers, findStream, streamAt } from "../stream/stream-address.ts";

/** A record as the operations that put one have it. */
export interface GivenRecord {
  readonly Data: MaybeBase64;
  readonly PartitionKey?: string | undefined;
  readonly ExplicitHashKey?: string | undefined;
}

/** The stream to put records on. AWS: one that is being created or deleted counts as none. */
export function writableStream(context: KinesisContext, members: AddressMembers): Stream {
  const stream = streamAt(context, members);
  const { status } = stream;
  if (status !== "ACTIVE" && status !== "UPDATING") throw streamNotFound(stream);
  return stream;
}

/** Whether records need no partition key, because their stream distributes them by itself. */
export function needsNoKey(context: KinesisContext, members: AddressMembers): boolean {
  return findStream(context, members)?.configuration.settings.distribution === "AUTO";
}

/** Bytes a record counts for. */
export function recordSize({ Data, PartitionKey }: GivenRecord): number {
  return recordBytes({ data: Data, partitionKey: PartitionKey });
}

/** The hash key a record is to be placed by, if it names one. Throws InvalidArgumentException beyond 128 bits. */
export function explicitHashKeyOf({ ExplicitHashKey }: GivenRecord): bigint | undefined {
  if (ExplicitHashKey === undefined) return undefined;
  const hashKey = BigInt(ExplicitHashKey);
  if (hashKey <= MAX_HASH_KEY) return hashKey;
  throw invalidArgument(
    `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${ExplicitHashKey}`,
  );
}

/** Where a record ended up. */
interface Placed {
  readonly ShardId: string;
  readonly SequenceNumber: PassedText;
}

/** Puts a record that has passed every check, or tells why its shard does not take it now. */
export function put(
  stream: Stream,
  { Data, PartitionKey }: GivenRecord,
  explicitHashKey: bigint | undefined,
): Placed | string {
  const outcome = stream.put({ data: Data, partitionKey: PartitionKey, explicitHashKey });
  const { shard } = outcome;
  if (outcome.outcome === "throttled") return `Rate exceeded for shard ${shard.id} in ${under(stream)}.`;
  return { ShardId: shard.id, SequenceNumber: outcome.number };
}

/** What answers say of a stream that encrypts its records; of any other they say nothing. */
export function encryptionTypeOf({ configuration }: Stream): string | undefined {
  return configuration.settings.encryptionKeyId === undefined ? undefined : "KMS";
}
