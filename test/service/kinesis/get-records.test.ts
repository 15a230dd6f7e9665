import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  invalid,
  MIB,
  refusal,
  SECOND,
  START,
  shardId,
  textsOf,
  throttled,
} from "../../support/kinesis.ts";

// Kinesis reference 6.18, 3.6

describe("records", () => {
  test("are answered with all they were put with", () => {
    const { create, iterator, put, read } = aKinesis();
    const [placed] = put(create("s"), ["héllo"], { PartitionKey: "é" });
    expect(read(iterator("s"))).toEqual({
      Records: [
        {
          SequenceNumber: placed?.SequenceNumber,
          ApproximateArrivalTimestamp: START,
          Data: Buffer.from("héllo"),
          PartitionKey: "é",
          EncryptionType: undefined,
        },
      ],
      NextShardIterator: expect.any(String),
      MillisBehindLatest: 0,
      ChildShards: undefined,
    });
  });

  test("say that they are encrypted, if they were when they came", () => {
    const { call, create, iterator, put, read } = aKinesis();
    const StreamName = create("s");
    put(StreamName, ["plain"]);
    call("StartStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: "k" });
    put(StreamName, ["encrypted"]);
    expect(read(iterator(StreamName)).Records.map(({ EncryptionType }) => EncryptionType)).toEqual([undefined, "KMS"]);
  });

  test("come page by page, however large the pages are", () => {
    const { clock, create, iterator, put, read } = aKinesis();
    put(create("s"), ["a", "b", "c"]);
    clock.advance(SECOND);
    const first = read(iterator("s"), { Limit: 2 });
    const second = read(first.NextShardIterator!, { Limit: 10_000 });
    expect([first, second].map(({ Records }) => textsOf(Records))).toEqual([["a", "b"], ["c"]]);
    expect([first, second].map(({ MillisBehindLatest }) => MillisBehindLatest)).toEqual([SECOND, 0]);
    expect(read(second.NextShardIterator!).Records).toEqual([]);
  });

  test("are ten thousand at most", () => {
    const { call, create, iterator, read } = aKinesis();
    const StreamName = create("s");
    const Records = Array.from({ length: 500 }, () => ({ Data: new Uint8Array(1), PartitionKey: "k" }));
    for (let time = 0; time < 21; time++) call("PutRecords", { StreamName, Records });
    const { Records: page, NextShardIterator } = read(iterator(StreamName));
    expect(page).toHaveLength(10_000);
    expect(read(NextShardIterator!).Records).toHaveLength(500);
  });

  test("are ten MiB at most", () => {
    const { create, iterator, put, read } = aKinesis();
    put(
      create("s"),
      Array.from({ length: 11 }, () => "x".repeat(MIB - 1)),
    );
    const first = read(iterator("s"));
    expect([first.Records.length, first.MillisBehindLatest]).toEqual([10, 1]);
    expect(read(first.NextShardIterator!).Records).toHaveLength(1);
  });

  test("may be as large as a reply", () => {
    const { create, iterator, put, read } = aKinesis();
    const name = create("s", { MaxRecordSizeInKiB: 10_240 });
    put(name, ["x".repeat(10 * MIB - 1), "y"]);
    const first = read(iterator(name));
    expect(first.Records).toHaveLength(1);
    expect(textsOf(read(first.NextShardIterator!).Records)).toEqual(["y"]);
  });
});

// Kinesis reference 8.1

describe("where shards bear only so much", () => {
  const TOO_MUCH = refusal(
    "ProvisionedThroughputExceededException",
    `Rate exceeded for Shard - ${ACCOUNT}/s/${shardId(0)}`,
  );

  test("a shard is read five times a second", () => {
    const { clock, create, failure, iterator, read } = aKinesis(throttled);
    const ShardIterator = iterator(create("s"));
    for (let time = 0; time < 5; time++) read(ShardIterator);
    expect(failure("GetRecords", { ShardIterator })).toEqual(TOO_MUCH);
    clock.advance(SECOND);
    read(ShardIterator);
  });

  test("ten MiB at once block it for five seconds", () => {
    const { clock, create, failure, iterator, put, read } = aKinesis({ capacity: { writeBytes: 100 * MIB } });
    put(
      create("s"),
      Array.from({ length: 10 }, () => "x".repeat(MIB - 1)),
    );
    const ShardIterator = iterator("s");
    expect(read(ShardIterator).Records).toHaveLength(10);
    clock.advance(5 * SECOND - 1);
    expect(failure("GetRecords", { ShardIterator })).toEqual(TOO_MUCH);
    clock.advance(1);
    read(ShardIterator);
  });
});

test("Limit goes to ten thousand", () => {
  const { create, failure, iterator } = aKinesis();
  const ShardIterator = iterator(create("s"));
  expect(failure("GetRecords", { ShardIterator, Limit: 100_000 })).toEqual(
    invalid("'100000' at 'limit': Member must have value less than or equal to 10000"),
  );
});
