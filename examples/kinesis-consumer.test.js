import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { createEmulator } from "waystation";

/** What is tested: reads every shard to its end, from behind the checkpoints on, and gives the new ones. */
async function consume(kinesis, StreamName, checkpoints, handle) {
  const reached = new Map(checkpoints);
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
  for (const { ShardId } of Shards) {
    const checkpoint = reached.get(ShardId);
    const from =
      checkpoint === undefined
        ? { ShardIteratorType: "TRIM_HORIZON" }
        : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: checkpoint };
    let { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamName, ShardId, ...from }));
    let behindMs = 1;
    while (ShardIterator !== undefined && behindMs > 0) {
      const answer = await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: 2 }));
      for (const { Data, SequenceNumber } of answer.Records ?? []) {
        handle(Buffer.from(Data).toString());
        reached.set(ShardId, SequenceNumber);
      }
      ShardIterator = answer.NextShardIterator;
      behindMs = answer.MillisBehindLatest ?? 0;
    }
  }
  return reached;
}

let emulator;
let kinesis;

before(async () => {
  emulator = await createEmulator();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  kinesis = new KinesisClient({ endpoint: emulator.endpoint, region: "us-east-1", credentials });
});
after(async () => {
  kinesis.destroy();
  await emulator.close();
});

test("a consumer sees every record once, over as many runs as it takes", async () => {
  const clock = emulator.clock();
  clock.freeze();
  const StreamName = "clicks";
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
  const put = async (texts) => {
    const Records = texts.map((text) => ({ PartitionKey: text, Data: Buffer.from(text) }));
    await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    await clock.advance(1000); // so that an iterator at these records is behind
  };

  const handled = [];
  await put(["a", "b", "c", "d", "e"]);
  const checkpoints = await consume(kinesis, StreamName, new Map(), (text) => handled.push(text));
  assert.deepEqual(handled.sort(), ["a", "b", "c", "d", "e"]);

  await put(["f", "g"]);
  await consume(kinesis, StreamName, checkpoints, (text) => handled.push(text));
  assert.deepEqual(handled.sort(), ["a", "b", "c", "d", "e", "f", "g"]);
});
