import type { Known } from "./kinesis-requests.ts";

/** Whatever was in an answer. */
type Output = ReturnType<typeof JSON.parse>;
type Ask = (operation: string, input: object) => Promise<Output>;

/** Has a stream with a record, a consumer and a queue come into being; yields what leads to them. */
export async function populate(ask: Ask): Promise<Known> {
  const StreamName = "orders";
  await ask("CreateStream", { StreamName, StreamModeDetails: { StreamMode: "ON_DEMAND" } });
  const { SequenceNumber, ShardId } = await ask("PutRecord", { StreamName, Data: "AA==", PartitionKey: "k" });
  const from = { StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" };
  const { ShardIterator } = await ask("GetShardIterator", from);
  const StreamARN = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
  const { Consumer } = await ask("RegisterStreamConsumer", { StreamARN, ConsumerName: "c" });
  const { QueueARN, receipts } = await populateQueue(ask, StreamARN);
  const shards = [ShardId, "shardId-000000000001", "0"];
  const numbers = [SequenceNumber, "0", "1"];
  return {
    StreamName: [StreamName],
    StreamARN: [StreamARN],
    StreamId: ["abcdefghijklmnopqrst-abc"],
    ConsumerARN: [Consumer.ConsumerARN],
    QueueARN: [QueueARN],
    QueueName: ["queue", "other"],
    ReceiptHandle: receipts,
    ResourceARN: [StreamARN, Consumer.ConsumerARN, QueueARN],
    ConsumerName: ["c", "d"],
    ShardIterator: [ShardIterator],
    PartitionKey: ["k"],
    KeyId: ["k"],
    TagKeys: ["a", "b"],
    ...Object.fromEntries(
      ["ShardId", "ShardToSplit", "ShardToMerge", "AdjacentShardToMerge"].map((name) => [name, shards]),
    ),
    ...Object.fromEntries(
      ["StartingSequenceNumber", "SequenceNumber", "ExplicitHashKey"].map((name) => [name, numbers]),
    ),
    NewStartingHashKey: numbers,
    SequenceNumberForOrdering: numbers,
  };
}

/** Has a queue with a record in flight and a dead letter come into being. */
async function populateQueue(ask: Ask, StreamARN: string) {
  const DeadLetterConfiguration = { TargetType: "BUILT_IN", MaxReceiveCount: 1 };
  const { QueueDescription } = await ask("CreateQueue", {
    QueueName: "queue",
    StreamConfigurationList: [{ StreamARN, StartingPosition: { Type: "TRIM_HORIZON" } }],
    QueueAttributes: { DeadLetterConfiguration },
  });
  const { QueueARN } = QueueDescription;
  await ask("ReceiveQueueRecords", { QueueARN, VisibilityTimeoutSeconds: 0 });
  await ask("PutRecord", { StreamARN, Data: "AA==", PartitionKey: "k" });
  const alive = await ask("ReceiveQueueRecords", { QueueARN });
  const dead = await ask("ReceiveDeadLetterQueueRecords", { QueueARN });
  const received: readonly Output[] = [...alive.QueueRecords, ...dead.QueueRecords];
  return { QueueARN, receipts: received.map(({ ReceiptHandle }) => ReceiptHandle) };
}
