import type { Consumer } from "../../../engine/stream/consumer/consumer.ts";
import {
  type ShardEvent,
  SubscriptionEnded,
  type SubscriptionRefusal,
} from "../../../engine/stream/consumer/subscription.ts";
import type { Position } from "../../../engine/stream/shard/record-log.ts";
import type { Shard } from "../../../engine/stream/shard/shard.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { LimitExceededException, ResourceInUseException } from "../errors.ts";
import type { KinesisContext } from "../operation.ts";
import { notActive, streamNotFound, under } from "../refusals.ts";
import { describeChildShard, describeRecord } from "../stream/descriptions.ts";
import { noConsumerOf } from "./consumer-address.ts";

/** Who wants to follow which shard. */
interface Parties {
  readonly stream: Stream;
  readonly consumer: Consumer;
  readonly shard: Shard;
}

/** AWS: so many calls a second, for each consumer and shard. API_SubscribeToShard. */
const CALLS_PER_SECOND = 1;

/** Throws LimitExceededException for a call too many, where calls are counted at all. */
export function countSubscription({ directory }: KinesisContext, { stream, consumer, shard }: Parties): void {
  const { calls } = directory;
  const name = `SubscribeToShard ${consumer.arn} ${shard.id}`;
  if (calls === undefined || calls.admit(stream.scope, name, CALLS_PER_SECOND)) return;
  // The text is ours.
  throw new LimitExceededException(
    `Rate exceeded for consumer ${consumer.name} on shard ${shard.id} in ${under(stream)}.`,
  );
}

/** Throws ResourceInUseException while the stream, the consumer or the shard is not free for it. */
export function checkFree(parties: Parties): void {
  const { stream, consumer, shard } = parties;
  const refusal = stream.subscriptionRefusal(consumer, shard);
  if (refusal !== undefined) throw refusalOf(refusal, parties);
}

/** Subscribes the consumer for as long as the call lasts. Throws as checkFree does. */
export function subscribe({ call }: KinesisContext, parties: Parties, from: Position): AsyncIterable<ShardEvent> {
  const { stream, consumer, shard } = parties;
  const events = stream.subscribe({ consumer, shard, from, signal: call.signal });
  if (typeof events === "string") throw refusalOf(events, parties);
  return events;
}

function refusalOf(refusal: SubscriptionRefusal, parties: Parties): AwsError {
  switch (refusal) {
    case "notActive":
      return notActive(parties.stream);
    case "consumerNotActive":
      return consumerNotActive(parties.consumer, parties.stream);
    case "inUse":
      return inUse(parties);
  }
}

/** The events in AWS's words. Throws what ends the subscription before its time. */
export async function* shardEvents(events: AsyncIterable<ShardEvent>, parties: Parties): AsyncGenerator<object> {
  try {
    for await (const { records, continuationSequenceNumber, behindMs, childShards } of events) {
      yield {
        SubscribeToShardEvent: {
          Records: records.map(describeRecord),
          ContinuationSequenceNumber: continuationSequenceNumber,
          MillisBehindLatest: behindMs,
          ChildShards: childShards?.map(describeChildShard),
        },
      };
    }
  } catch (cause) {
    throw cause instanceof SubscriptionEnded ? endOf(cause, parties) : cause;
  }
}

/** AWS: blank before the comma, and all. */
export function consumerNotActive({ name, createdAt }: Consumer, stream: Stream): AwsError {
  const second = Math.floor(createdAt / 1000);
  return new ResourceInUseException(
    `Consumer ${name} with creation timestamp ${second} under stream: ${stream.name} , account ${stream.scope.account} is not in ACTIVE status.`,
  );
}

function inUse({ stream, consumer, shard }: Parties): AwsError {
  return new ResourceInUseException(
    `Another active subscription exists for this consumer: ${stream.scope.account}:${stream.name}:${shard.id}:${consumer.name}`,
  );
}

function endOf({ reason }: SubscriptionEnded, parties: Parties): AwsError {
  switch (reason) {
    case "takenOver":
      return inUse(parties);
    case "consumerDeregistered":
      return noConsumerOf(parties.consumer.arn);
    case "streamDeleted":
      return streamNotFound(parties.stream);
  }
}
