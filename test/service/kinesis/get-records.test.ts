import { describe, expect, test } from "vitest";
import { formatShardIterator } from "../../../src/service/kinesis/shard-iterator.ts";
import {
  ACCOUNT,
  aKinesis,
  DAY,
  invalid,
  invalidArgument,
  MIB,
  MINUTE,
  notFound,
  refusal,
  SECOND,
  START,
  textsOf,
  throttled,
} from "../../support/kinesis.ts";

// Kinesis reference 6.18, 3.6

const id = (index: number): string => `shardId-${String(index).padStart(12, "0")}`;
const doesNotExist = (index: number) =>
  notFound(`Shard ${id(index)} in stream s under account ${ACCOUNT} does not exist`);
const NO_ITERATOR = invalidArgument("Invalid ShardIterator.");

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
    expect(read(iterator("s")).Records).toHaveLength(10);
  });
});

describe("an iterator", () => {
  test("can be used again, and yields what there is by then", () => {
    const { create, iterator, put, read } = aKinesis();
    const first = iterator(create("s"));
    expect(read(first).Records).toEqual([]);
    put("s", ["a"]);
    expect(textsOf(read(first).Records)).toEqual(["a"]);
    expect(textsOf(read(first).Records)).toEqual(["a"]);
  });

  test("is followed by a new one, also when there is nothing to read", () => {
    const { clock, create, iterator, put, read } = aKinesis();
    let next = iterator(create("s"));
    for (let time = 0; time < 10; time++) {
      clock.advance(4 * MINUTE);
      next = read(next).NextShardIterator!;
    }
    put("s", ["a"]);
    expect(textsOf(read(next).Records)).toEqual(["a"]);
  });

  test("may be wrapped in quotes", () => {
    const { create, iterator, read } = aKinesis();
    expect(read(`"${iterator(create("s"))}"`).Records).toEqual([]);
  });

  test("is good for five minutes", () => {
    const { clock, create, failure, iterator, read } = aKinesis();
    const ShardIterator = iterator(create("s"));
    clock.advance(300_000);
    read(ShardIterator);
    clock.advance(1);
    expect(failure("GetRecords", { ShardIterator })).toEqual(
      refusal(
        "ExpiredIteratorException",
        "Iterator expired. The iterator was created at time Tue Nov 14 22:13:20 UTC 2023 while right now it is Tue Nov 14 22:18:20 UTC 2023 which is further in the future than the tolerated delay of 300000 milliseconds.",
      ),
    );
  });

  test("that is too old is so even if its stream is gone", () => {
    const { call, clock, create, failure, iterator } = aKinesis();
    const StreamName = create("s");
    const ShardIterator = iterator(StreamName);
    call("DeleteStream", { StreamName });
    expect(failure("GetRecords", { ShardIterator })).toEqual(doesNotExist(0));
    clock.advance(300_001);
    expect(failure("GetRecords", { ShardIterator }).code).toBe("ExpiredIteratorException");
  });

  test("of an earlier stream of the same name leads nowhere, or makes AWS stumble", () => {
    const { call, create, failure, iterator } = aKinesis();
    const StreamName = create("s", { ShardCount: 2 });
    const [first, second] = [iterator("s", { ShardId: "0" }), iterator("s", { ShardId: "1" })];
    call("DeleteStream", { StreamName });
    create("s");
    expect(failure("GetRecords", { ShardIterator: second })).toEqual(doesNotExist(1));
    expect(failure("GetRecords", { ShardIterator: first })).toEqual({
      code: "InternalFailure",
      status: 500,
      message: "",
    });
  });

  test("leads to its own account and region, whoever uses it", () => {
    const { call, create, iterator, put } = aKinesis();
    const ShardIterator = iterator(create("s"));
    put("s", ["a"]);
    const options = { account: "123456789012", region: "eu-west-1" };
    expect(call("GetRecords", { ShardIterator }, options)).toMatchObject({ Records: { length: 1 } });
  });

  test("has to be one of the stream whose ARN stands beside it", () => {
    const { arnOf, create, failure, iterator, read } = aKinesis();
    const ShardIterator = iterator(create("s"));
    const StreamARN = arnOf(create("t"));
    read(ShardIterator, { StreamARN: arnOf("s") });
    expect(failure("GetRecords", { ShardIterator, StreamARN })).toEqual(
      invalidArgument(`StreamARN ${StreamARN} does not match the stream of the ShardIterator.`),
    );
  });

  describe("that is none", () => {
    const { create, directory, failure, iterator } = aKinesis();
    const good = iterator(create("s"));
    const changed = (at: number) => {
      const bytes = Buffer.from(good, "base64");
      bytes[at] = bytes[at]! ^ 1;
      return bytes.toString("base64");
    };
    const rest = good.slice(0, -4);
    test.for<[title: string, text: string]>([
      ["a word", "iterator"],
      ["no base64", `${rest}?===`],
      ["without its padding", good.replace(/=+$/, "")],
      ["cut short", Buffer.from(good, "base64").subarray(0, 151).toString("base64")],
      ["empty but for its beginning", `AAAAAAAAAAE${"A".repeat(191)}=`],
      ["with another beginning", changed(0)],
      ["with another time", changed(9)],
      ["with another shard", changed(33)],
      ["with another name", changed(60)],
      ["with another sum", changed(151)],
    ])("%s", ([, ShardIterator]) => {
      expect(failure("GetRecords", { ShardIterator })).toEqual(NO_ITERATOR);
    });

    test("while what we make is one", () => {
      const stream = directory.byArn(`arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`)!;
      expect(formatShardIterator(stream, { shardIndex: 0, position: 0, issuedAt: START })).toBe(good);
    });
  });
});

describe("the end of a shard", () => {
  test("of a split names both children", () => {
    const { call, create, describe: describeStream, iterator, put, read } = aKinesis();
    const StreamName = create("s");
    put(StreamName, ["a"]);
    const before = iterator(StreamName);
    call("SplitShard", { StreamName, ShardToSplit: "0", NewStartingHashKey: "1000" });
    const { Records, NextShardIterator, ChildShards, MillisBehindLatest } = read(before);
    expect(textsOf(Records)).toEqual(["a"]);
    expect([NextShardIterator, MillisBehindLatest]).toEqual([undefined, 0]);
    const children = describeStream(StreamName).Shards.slice(1);
    expect(ChildShards).toEqual(
      children.map(({ ShardId, HashKeyRange }) => ({ ShardId, ParentShards: [id(0)], HashKeyRange })),
    );
  });

  test("of a merge names the one child from either parent", () => {
    const { call, create, iterator, read } = aKinesis();
    const StreamName = create("s", { ShardCount: 2 });
    call("MergeShards", { StreamName, ShardToMerge: "0", AdjacentShardToMerge: "1" });
    for (const ShardId of ["0", "1"]) {
      expect(read(iterator(StreamName, { ShardId })).ChildShards).toMatchObject([
        { ShardId: id(2), ParentShards: [id(0), id(1)] },
      ]);
    }
  });

  test("is reached at once from LATEST", () => {
    const { call, create, iterator, put, read } = aKinesis();
    const StreamName = create("s");
    put(StreamName, ["a"]);
    call("SplitShard", { StreamName, ShardToSplit: "0", NewStartingHashKey: "1000" });
    const { Records, NextShardIterator, ChildShards } = read(iterator(StreamName, { ShardIteratorType: "LATEST" }));
    expect([Records, NextShardIterator, ChildShards?.length]).toEqual([[], undefined, 2]);
  });

  test("is not told before the last record is", () => {
    const { call, create, iterator, put, read } = aKinesis();
    const StreamName = create("s");
    put(StreamName, ["a", "b"]);
    call("SplitShard", { StreamName, ShardToSplit: "0", NewStartingHashKey: "1000" });
    const first = read(iterator(StreamName), { Limit: 1 });
    expect([first.NextShardIterator, first.ChildShards]).toEqual([expect.any(String), undefined]);
    expect(read(first.NextShardIterator!).ChildShards).toHaveLength(2);
  });

  test("a shard whose records have all expired does not exist any more", () => {
    const { call, clock, create, failure, iterator, read } = aKinesis();
    const StreamName = create("s");
    call("SplitShard", { StreamName, ShardToSplit: "0", NewStartingHashKey: "1000" });
    clock.advance(DAY);
    const ShardIterator = iterator(StreamName);
    read(ShardIterator);
    clock.advance(SECOND);
    expect(failure("GetRecords", { ShardIterator })).toEqual(doesNotExist(0));
  });
});

// Kinesis reference 8.1

describe("where shards bear only so much", () => {
  const TOO_MUCH = refusal("ProvisionedThroughputExceededException", `Rate exceeded for Shard - ${ACCOUNT}/s/${id(0)}`);

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
