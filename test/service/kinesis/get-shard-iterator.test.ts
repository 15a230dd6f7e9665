import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  DAY,
  type Input,
  invalidArgument,
  noShard,
  notFound,
  type Placed,
  refusal,
  SECOND,
  START,
  shardId,
  textsOf,
  throttled,
} from "../../support/kinesis.ts";

// Kinesis reference 6.17, 3.6

const under = `stream s under account ${ACCOUNT}`;
const wanted = (more: Input): Input => ({
  StreamName: "s",
  ShardId: shardId(0),
  ShardIteratorType: "TRIM_HORIZON",
  ...more,
});

/** A stream with two shards, and on the first one three records, a second apart. */
function aStream() {
  const kinesis = aKinesis();
  const { call, clock, create, iterator, put, read } = kinesis;
  create("s", { ShardCount: 2 });
  const numbers = ["one", "two", "three"].map((text) => {
    const [{ SequenceNumber }] = put("s", [text], { ExplicitHashKey: "0" }) as readonly [Placed];
    clock.advance(SECOND);
    return SequenceNumber;
  });
  const shards = call<{
    readonly Shards: readonly { readonly SequenceNumberRange: { readonly StartingSequenceNumber: string } }[];
  }>("ListShards", { StreamName: "s" }).Shards;
  return {
    ...kinesis,
    numbers,
    starts: shards.map(({ SequenceNumberRange }) => SequenceNumberRange.StartingSequenceNumber),
    texts: (more: Input) => textsOf(read(iterator("s", more)).Records),
  };
}

describe("an iterator", () => {
  test("looks like those of AWS", () => {
    const { create, iterator } = aKinesis();
    for (const [length, bytes] of [
      [1, 152],
      [13, 152],
      [14, 168],
      [29, 168],
      [30, 184],
      [128, 280],
    ] as const) {
      const text = iterator(create("n".repeat(length)));
      expect(text.slice(0, 11)).toBe("AAAAAAAAAAE");
      expect(Buffer.from(text, "base64")).toHaveLength(bytes);
      expect(Buffer.from(text, "base64").toString("base64")).toBe(text);
    }
  });

  test.for(["0", "shard-0", "foo-0", "shardId-000000000000", "-00000"])(
    "can be had with the shard spelled %s",
    (ShardId) => {
      const { create, iterator, put, read } = aKinesis();
      put(create("s", { ShardCount: 2 }), ["x"], { ExplicitHashKey: "0" });
      expect(textsOf(read(iterator("s", { ShardId })).Records)).toEqual(["x"]);
    },
  );
});

describe("where it begins", () => {
  test("TRIM_HORIZON: with the oldest record", () => {
    expect(aStream().texts({ ShardIteratorType: "TRIM_HORIZON" })).toEqual(["one", "two", "three"]);
  });

  test("LATEST: with what is put from now on, whenever it is used", () => {
    const { clock, iterator, put, read } = aStream();
    const latest = iterator("s", { ShardIteratorType: "LATEST" });
    expect(read(latest).Records).toEqual([]);
    put("s", ["four"], { ExplicitHashKey: "0" });
    clock.advance(100 * SECOND);
    expect(textsOf(read(latest).Records)).toEqual(["four"]);
  });

  test.for([
    ["AT_SEQUENCE_NUMBER", ["two", "three"]],
    ["AFTER_SEQUENCE_NUMBER", ["three"]],
  ] as const)("%s of a record", ([ShardIteratorType, expected]) => {
    const { numbers, texts } = aStream();
    expect(texts({ ShardIteratorType, StartingSequenceNumber: numbers[1] })).toEqual(expected);
  });

  test.for(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])(
    "%s of the shard's start: with the oldest record",
    (ShardIteratorType) => {
      const { starts, texts } = aStream();
      expect(texts({ ShardIteratorType, StartingSequenceNumber: starts[0] })).toEqual(["one", "two", "three"]);
    },
  );

  test.for<[instant: number, expected: readonly string[]]>([
    [0, ["one", "two", "three"]],
    [START, ["one", "two", "three"]],
    [START + 1, ["two", "three"]],
    [START + SECOND, ["two", "three"]],
    [START + 2 * SECOND, ["three"]],
    [START + 2 * SECOND + 1, []],
    [START + 3 * SECOND, []],
  ])("AT_TIMESTAMP %d", ([Timestamp, expected]) => {
    expect(aStream().texts({ ShardIteratorType: "AT_TIMESTAMP", Timestamp })).toEqual(expected);
  });

  test("AT_TIMESTAMP of the present: with what is put from now on, in this millisecond too", () => {
    const { iterator, put, read } = aStream();
    const now = iterator("s", { ShardIteratorType: "AT_TIMESTAMP", Timestamp: START + 3 * SECOND });
    put("s", ["four"], { ExplicitHashKey: "0" });
    expect(textsOf(read(now).Records)).toEqual(["four"]);
  });

  test.for(["TRIM_HORIZON", "LATEST"])("%s does not ask for the time", (ShardIteratorType) => {
    const { iterator } = aStream();
    expect(iterator("s", { ShardIteratorType, Timestamp: START + DAY })).toEqual(expect.any(String));
  });

  test("an iterator may be had for a closed shard", () => {
    const { call, texts } = aStream();
    call("SplitShard", { StreamName: "s", ShardToSplit: "0", NewStartingHashKey: "2" });
    expect(texts({})).toEqual(["one", "two", "three"]);
    expect(texts({ ShardIteratorType: "LATEST" })).toEqual([]);
  });
});

describe("what is refused", () => {
  const PARAMETERS =
    "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber.";

  test.for(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])("%s without a number", (ShardIteratorType) => {
    expect(aStream().failure("GetShardIterator", wanted({ ShardIteratorType }))).toEqual(
      invalidArgument(`${PARAMETERS} Request specified ${ShardIteratorType} and no StartingSequenceNumber.`),
    );
  });

  test.for(["TRIM_HORIZON", "LATEST"])("%s with a number", (ShardIteratorType) => {
    expect(aStream().failure("GetShardIterator", wanted({ ShardIteratorType, StartingSequenceNumber: "5" }))).toEqual(
      invalidArgument(`${PARAMETERS} Request specified ${ShardIteratorType} and also a StartingSequenceNumber.`),
    );
  });

  test("AT_TIMESTAMP without a timestamp", () => {
    expect(aStream().failure("GetShardIterator", wanted({ ShardIteratorType: "AT_TIMESTAMP" }))).toEqual(
      invalidArgument(
        "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
      ),
    );
  });

  test("a timestamp to come", () => {
    const now = START + 3 * SECOND;
    const input = wanted({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: now + 1 });
    expect(aStream().failure("GetShardIterator", input)).toEqual(
      invalidArgument(
        `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${now + 1}, currentTimestampInMillis: ${now}`,
      ),
    );
  });

  const at = (StartingSequenceNumber: string | undefined) =>
    wanted({ ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber });
  const used = (number: string) =>
    `StartingSequenceNumber ${number} used in GetShardIterator on shard ${shardId(0)} in ${under} is invalid`;

  test("a number that is none", () => {
    const number = BigInt(`0x2${"0".repeat(45)}3`).toString();
    expect(aStream().failure("GetShardIterator", at(number))).toEqual(invalidArgument(`${used(number)}.`));
  });

  test("a number of another shard", () => {
    const { failure, starts } = aStream();
    expect(failure("GetShardIterator", at(starts[1]))).toEqual(
      invalidArgument(
        `Invalid StartingSequenceNumber. It encodes ${shardId(1)}, while it was used in a call to a shard with ${shardId(0)}`,
      ),
    );
  });

  test("a number of a shard that cannot be", () => {
    const number = BigInt(`0x2${"0".repeat(37)}800000002`).toString();
    expect(aStream().failure("GetShardIterator", at(number)).message).toContain("It encodes shardId--02147483648,");
  });

  test("a number of another stream", () => {
    const { clock, create, failure, put } = aStream();
    clock.advance(10 * SECOND);
    const [{ SequenceNumber: number }] = put(create("t"), ["x"]) as readonly [Placed];
    expect(failure("GetShardIterator", at(number))).toEqual(
      invalidArgument(`${used(number)} because it did not come from this stream.`),
    );
  });

  test("a number of a former version", () => {
    const number = BigInt(`0x2${"0".repeat(45)}1`).toString();
    expect(aStream().failure("GetShardIterator", at(number))).toEqual(
      invalidArgument(`${used(number)} because it did not come from this stream.`),
    );
  });

  test("a number of the oldest version, over which AWS stumbles", () => {
    expect(aStream().failure("GetShardIterator", at("0"))).toEqual({
      code: "InternalFailure",
      status: 500,
      message: "",
    });
  });

  test.for(["ABKLFD8", "2.14E4", "2147483648"])("the shard %s, whether or not there is a stream", (ShardId) => {
    const expected = notFound(`Could not find shard ${ShardId} in ${under}.`);
    expect(aKinesis().failure("GetShardIterator", wanted({ ShardId }))).toEqual(expected);
    expect(aStream().failure("GetShardIterator", wanted({ ShardId }))).toEqual(expected);
  });

  test("a shard that does not exist, and one of a stream that does not", () => {
    expect(aStream().failure("GetShardIterator", wanted({ ShardId: "2147483647" }))).toEqual(noShard(2147483647, "s"));
    expect(aKinesis().failure("GetShardIterator", wanted({ ShardId: "5" }))).toEqual(noShard(5, "s"));
  });

  // Kinesis reference 2.6
  test("name and ARN of two streams, and neither of any", () => {
    const { arnOf, create, failure } = aStream();
    const StreamARN = arnOf(create("t"));
    expect(failure("GetShardIterator", wanted({ StreamARN }))).toEqual(
      invalidArgument(`StreamARN ${StreamARN} and StreamName s do not name the same stream.`),
    );
    expect(failure("GetShardIterator", wanted({ StreamName: undefined }))).toEqual(
      invalidArgument("Either StreamARN or StreamName must be provided."),
    );
  });

  test("a shard is looked for before the parameters are looked at", () => {
    const input = wanted({ ShardId: "9", ShardIteratorType: "AT_SEQUENCE_NUMBER" });
    expect(aStream().failure("GetShardIterator", input)).toEqual(noShard(9, "s"));
  });

  // Kinesis reference 8.1
  test("more than five a second of one shard, where shards bear only so much", () => {
    const { clock, create, failure, iterator } = aKinesis(throttled);
    create("s", { ShardCount: 2 });
    for (let time = 0; time < 5; time++) iterator("s");
    expect(failure("GetShardIterator", wanted({}))).toEqual(
      refusal("ProvisionedThroughputExceededException", `Rate exceeded for Shard - ${ACCOUNT}/s/${shardId(0)}`),
    );
    iterator("s", { ShardId: "1" });
    clock.advance(SECOND);
    iterator("s");
  });
});
