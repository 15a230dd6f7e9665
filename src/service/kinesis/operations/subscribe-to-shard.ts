import { list, long, required, string, structure, timestamp } from "../../../model/shape.ts";
import { consumerWithArn } from "../consumer/consumer-address.ts";
import { checkFree, consumerNotActive, countSubscription, shardEvents, subscribe } from "../consumer/subscription.ts";
import { changeErrors, DryRunOperationException } from "../errors.ts";
import { eventOperation } from "../operation.ts";
import { shardDoesNotExist } from "../refusals.ts";
import {
  childShard,
  consumerArn,
  dryRun,
  record,
  sequenceNumber,
  shardId,
  shardIteratorType,
  streamId,
} from "../shapes.ts";
import { positionOf, readShardId } from "../shard/shard-position.ts";

const event = structure({
  Records: required(list(record)),
  // AWS: absent at the end of the shard, although the model demands it.
  ContinuationSequenceNumber: required(string()),
  MillisBehindLatest: required(long()),
  ChildShards: list(childShard),
});

const failure = structure({ message: string() });

/** Pushes the records of a shard to a consumer for five minutes. API_SubscribeToShard. */
export const subscribeToShard = eventOperation({
  name: "SubscribeToShard",
  input: structure({
    ConsumerARN: required(consumerArn),
    ShardId: required(shardId),
    StartingPosition: required(
      structure({ Type: required(shardIteratorType), SequenceNumber: sequenceNumber, Timestamp: timestamp() }),
    ),
    StreamId: streamId,
    DryRun: dryRun,
  }),
  events: structure({
    SubscribeToShardEvent: event,
    ResourceNotFoundException: failure,
    ResourceInUseException: failure,
    KMSDisabledException: failure,
    KMSInvalidStateException: failure,
    KMSAccessDeniedException: failure,
    KMSNotFoundException: failure,
    KMSOptInRequired: failure,
    KMSThrottlingException: failure,
    InternalFailureException: failure,
  }),
  errors: [...changeErrors, DryRunOperationException],
  gaps: [
    "No KMS key is ever used, so the KMS errors do not occur.",
    "A call in CBOR is answered; AWS fails it. Events are in JSON either way.",
  ],
  handle(context, { ConsumerARN, ShardId, StartingPosition: { Type, SequenceNumber, Timestamp }, DryRun }) {
    const { stream, consumer } = consumerWithArn(context, ConsumerARN);
    const { index, id } = readShardId(context, { StreamARN: stream.arn }, ShardId);
    if (consumer.status !== "ACTIVE") throw consumerNotActive(consumer, stream);
    const shard = stream.shards.find(index);
    if (shard === undefined) throw shardDoesNotExist(id, stream);
    const parties = { stream, consumer, shard };
    countSubscription(context, parties);
    const wanted = { type: Type, sequenceNumber: SequenceNumber, timestamp: Timestamp };
    const from = positionOf(stream, shard, { operation: "SubscribeToShard", ...wanted });
    checkFree(parties);
    if (DryRun) throw new DryRunOperationException();
    return shardEvents(subscribe(context, parties, from), parties);
  },
});
