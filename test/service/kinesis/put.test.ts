import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  type Input,
  invalid,
  invalidArgument,
  MIB,
  noStream,
  type Placed,
  refusal,
  SECOND,
  START,
  slow,
  textsOf,
  throttled,
} from "../../support/kinesis.ts";

const under = `stream s under account ${ACCOUNT}`;
const id = (index: number): string => `shardId-${String(index).padStart(12, "0")}`;
const data = (bytes: number) => new Uint8Array(bytes);
const record = (more: Input = {}): Input => ({ StreamName: "s", Data: Buffer.from("x"), PartitionKey: "k", ...more });
const BEYOND = 2n ** 128n;
const OUT_OF_RANGE = invalidArgument(
  `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${BEYOND}`,
);
const tooLong = (place: string, max: number) =>
  invalid(`at '${place}': Member must have length less than or equal to ${max}`);

interface Results {
  readonly FailedRecordCount: number;
  readonly Records: readonly (Partial<Placed> & { readonly ErrorCode?: string; readonly ErrorMessage?: string })[];
  readonly EncryptionType?: string;
}

// Kinesis reference 6.15, 10.1

describe("PutRecord", () => {
  test.for([
    ["a", 0],
    ["b", 1],
    ["e", 2],
    ["f", 1],
    ["1", 2],
  ] as const)("places the key %s on shard %d of three", ([PartitionKey, index]) => {
    const { create, put } = aKinesis();
    const [placed] = put(create("s", { ShardCount: 3 }), ["x"], { PartitionKey });
    expect(placed?.ShardId).toBe(id(index));
  });

  test.for([
    ["0", 0],
    ["170141183460469231731687303715884105727", 0],
    ["170141183460469231731687303715884105728", 1],
    [String(BEYOND - 1n), 1],
  ] as const)("places the explicit hash key %s on shard %d of two", ([ExplicitHashKey, index]) => {
    const { create, put } = aKinesis();
    const [placed] = put(create("s", { ShardCount: 2 }), ["x"], { ExplicitHashKey });
    expect(placed?.ShardId).toBe(id(index));
  });

  test("answers with shard and sequence number, and nothing more unless the stream is encrypted", () => {
    const { call, create } = aKinesis();
    const StreamName = create("s");
    const plain = call<Placed>("PutRecord", record());
    expect(plain).toEqual({
      ShardId: id(0),
      SequenceNumber: expect.stringMatching(/^\d{56}$/),
      EncryptionType: undefined,
    });
    call("StartStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: "k" });
    expect(call<Placed>("PutRecord", record()).EncryptionType).toBe("KMS");
  });

  test("numbers the records of neighbouring shards one after the other", () => {
    const { create, put } = aKinesis();
    const name = create("s", { ShardCount: 2 });
    const indexOf = ({ SequenceNumber }: Placed) => BigInt(`0x${BigInt(SequenceNumber).toString(16).slice(11, 27)}`);
    const numbers = ["0", String(BEYOND - 1n), "0"].flatMap((ExplicitHashKey) => put(name, ["x"], { ExplicitHashKey }));
    expect(numbers.map(indexOf)).toEqual([1n, 2n, 3n]);
  });

  test("takes empty data and a key of 256 characters", () => {
    const { call, create } = aKinesis();
    create("s");
    call("PutRecord", record({ Data: data(0), PartitionKey: "é".repeat(256) }));
  });

  test("refuses a hash key beyond 128 bits", () => {
    const { create, failure } = aKinesis();
    create("s");
    expect(failure("PutRecord", record({ ExplicitHashKey: String(BEYOND) }))).toEqual(OUT_OF_RANGE);
  });

  test.for([
    [MIB - 1, false],
    [MIB, true],
  ] as const)("data of %d bytes and a key of one are too much: %s", ([bytes, isTooMuch]) => {
    const { call, create, failure } = aKinesis();
    create("s");
    const given = record({ Data: data(bytes) });
    if (isTooMuch) expect(failure("PutRecord", given)).toEqual(tooLong("data", MIB));
    else call("PutRecord", given);
  });

  test("a key counts by its bytes", () => {
    const { create, failure } = aKinesis();
    create("s");
    expect(failure("PutRecord", record({ Data: data(MIB - 1), PartitionKey: "é" }))).toEqual(tooLong("data", MIB));
  });

  test("a stream can be told to take more", () => {
    const { arnOf, call, create, failure } = aKinesis();
    create("s");
    call("UpdateMaxRecordSize", { StreamARN: arnOf("s"), MaxRecordSizeInKiB: 2048 });
    call("PutRecord", record({ Data: data(2 * MIB - 1) }));
    expect(failure("PutRecord", record({ Data: data(2 * MIB) }))).toEqual(tooLong("data", 2 * MIB));
  });

  test("finds no stream that is being created or deleted", () => {
    const { call, clock, failure } = aKinesis(slow);
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
    expect(failure("PutRecord", record())).toEqual(noStream("s"));
    clock.advance(25 * SECOND);
    call("IncreaseStreamRetentionPeriod", { StreamName: "s", RetentionPeriodHours: 48 });
    call("PutRecord", record());
    clock.advance(5 * SECOND);
    call("DeleteStream", { StreamName: "s" });
    expect(failure("PutRecord", record())).toEqual(noStream("s"));
  });
});

// Kinesis reference 3.5, 10.2

describe("SequenceNumberForOrdering", () => {
  const hex = (digits: string) => BigInt(`0x${digits}`).toString();
  const SECOND_NOW = (START / 1000).toString(16).padStart(9, "0");
  const SECOND_TO_COME = (START / 1000 + 1).toString(16).padStart(9, "0");

  test.for<[title: string, number: string]>([
    ["the number of an earlier record", "earlier"],
    ["0", "0"],
    ["an all-zero number of version 2", hex(`2${"0".repeat(45)}2`)],
    ["an all-zero number of version 1", hex(`2${"0".repeat(45)}1`)],
    ["a number of another shard", hex(`2${SECOND_NOW}1${"0".repeat(16)}00${SECOND_NOW}000000112`)],
    ["a number of a shard that cannot be", hex(`2${"0".repeat(37)}800000002`)],
    ["a number of this second", hex(`2${SECOND_NOW}0${"0".repeat(16)}00${SECOND_NOW}000000002`)],
  ])("can be %s", ([, number]) => {
    const { call, create, put } = aKinesis();
    const [earlier] = put(create("s"), ["x"]);
    const SequenceNumberForOrdering = number === "earlier" ? earlier!.SequenceNumber : number;
    const { SequenceNumber } = call<Placed>("PutRecord", record({ SequenceNumberForOrdering }));
    expect(BigInt(SequenceNumber) > BigInt(earlier!.SequenceNumber)).toBe(true);
  });

  test.for<[title: string, number: string]>([
    ["of version 3", hex(`2${"0".repeat(45)}3`)],
    ["of version 4", hex(`2${"0".repeat(45)}4`)],
    ["with an index of 64 bits", hex(`2${"0".repeat(10)}8${"0".repeat(34)}2`)],
    ["that begins with 3", hex(`3${"0".repeat(45)}2`)],
    ["that begins with 1fff", hex(`1fff${"0".repeat(42)}2`)],
    ["of a second to come", hex(`2${SECOND_NOW}0${"0".repeat(16)}00${SECOND_TO_COME}000000002`)],
  ])("cannot be one %s", ([, SequenceNumberForOrdering]) => {
    const { create, failure } = aKinesis();
    create("s");
    expect(failure("PutRecord", record({ SequenceNumberForOrdering }))).toEqual(
      invalidArgument(
        `ExclusiveMinimumSequenceNumber ${SequenceNumberForOrdering} used in PutRecord on ${under} is invalid.`,
      ),
    );
  });

  test("is looked at after the hash key", () => {
    const { create, failure } = aKinesis();
    create("s");
    const given = record({ ExplicitHashKey: String(BEYOND), SequenceNumberForOrdering: `4${"0".repeat(60)}` });
    expect(failure("PutRecord", given)).toEqual(OUT_OF_RANGE);
  });
});

// Kinesis reference 6.16

describe("PutRecords", () => {
  const records = (...entries: readonly Input[]): Input => ({
    StreamName: "s",
    Records: entries.map((entry) => ({ Data: Buffer.from("x"), PartitionKey: "k", ...entry })),
  });

  test("answers for each record in the order of the request", () => {
    const { call, create, iterator, read } = aKinesis();
    create("s", { ShardCount: 3 });
    const keys = ["a", "b", "e", "a"];
    const output = call<Results>(
      "PutRecords",
      records(...keys.map((PartitionKey) => ({ PartitionKey, Data: Buffer.from(PartitionKey) }))),
    );
    expect(output).toMatchObject({ FailedRecordCount: 0, EncryptionType: undefined });
    expect(output.Records.map(({ ShardId }) => ShardId)).toEqual([id(0), id(1), id(2), id(0)]);
    expect(textsOf(read(iterator("s", { ShardId: id(0) })).Records)).toEqual(["a", "a"]);
  });

  test("says of an encrypted stream that it is", () => {
    const { call, create } = aKinesis();
    const StreamName = create("s");
    call("StartStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: "k" });
    expect(call<Results>("PutRecords", records({})).EncryptionType).toBe("KMS");
  });

  test.for<[title: string, entries: readonly Input[], expected: object]>([
    ["a hash key beyond 128 bits", [{}, { ExplicitHashKey: String(BEYOND) }], OUT_OF_RANGE],
    ["a record that is too large", [{}, { Data: data(MIB) }], tooLong("records.2.member.data", MIB)],
    [
      "too much altogether",
      [...Array.from({ length: 10 }, () => ({ Data: data(MIB - 1) })), {}],
      invalidArgument("Records size exceeds 10 MB limit"),
    ],
  ])("stores nothing because of %s", ([, entries, expected]) => {
    const { create, failure, iterator, read } = aKinesis();
    create("s");
    expect(failure("PutRecords", records(...entries))).toEqual(expected);
    expect(read(iterator("s")).Records).toEqual([]);
  });

  test("takes ten MiB to the byte", () => {
    const { call, create } = aKinesis();
    create("s");
    const entries = Array.from({ length: 10 }, () => ({ Data: data(MIB - 1) }));
    expect(call<Results>("PutRecords", records(...entries))).toMatchObject({ FailedRecordCount: 0 });
  });

  test("takes five hundred records", () => {
    const { call, create } = aKinesis();
    create("s");
    expect(call<Results>("PutRecords", records(...Array.from({ length: 500 }, () => ({})))).Records).toHaveLength(500);
  });

  test("finds no stream that is being created", () => {
    const { call, failure } = aKinesis(slow);
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
    expect(failure("PutRecords", records({}))).toEqual(noStream("s"));
  });

  // Kinesis reference 8.1
  test("says of each record that its shard does not take it now", () => {
    const { call, create } = aKinesis(throttled);
    create("s", { ShardCount: 2 });
    call("PutRecords", records(...Array.from({ length: 500 }, () => ({}))));
    const { FailedRecordCount, Records } = call<Results>(
      "PutRecords",
      records(...Array.from({ length: 499 }, () => ({})), { ExplicitHashKey: "0" }),
    );
    expect(FailedRecordCount).toBe(0);
    expect(Records).toHaveLength(500);
    const full = call<Results>("PutRecords", records({}, {}, { ExplicitHashKey: "0" }));
    const failed = {
      ErrorCode: "ProvisionedThroughputExceededException",
      ErrorMessage: `Rate exceeded for shard ${Records[0]?.ShardId} in ${under}.`,
    };
    expect(full.FailedRecordCount).toBe(1);
    expect(full.Records[0]).toMatchObject({ ShardId: Records[0]?.ShardId });
    expect(full.Records[1]).toEqual(failed);
    expect(full.Records[2]).toMatchObject({ ShardId: id(0) });
  });
});

test("a shard that takes no more refuses PutRecord for as long", () => {
  const { call, clock, create, failure } = aKinesis(throttled);
  create("s");
  call("PutRecord", record({ Data: data(MIB - 1) }));
  expect(failure("PutRecord", record({ Data: data(1000) }))).toEqual(
    refusal("ProvisionedThroughputExceededException", `Rate exceeded for shard ${id(0)} in ${under}.`),
  );
  clock.advance(SECOND);
  call("PutRecord", record({ Data: data(1000) }));
});

// Kinesis reference 5

describe("a stream that distributes records by itself", () => {
  const anAutoStream = () => {
    const kinesis = aKinesis();
    kinesis.createOnDemand("s", { RecordDistributionStrategy: "AUTO" });
    return kinesis;
  };

  test("needs no partition key", () => {
    const { call } = anAutoStream();
    const shards = Array.from(
      { length: 4 },
      () => call<Placed>("PutRecord", { StreamName: "s", Data: data(1) }).ShardId,
    );
    expect(new Set(shards).size).toBe(4);
    expect(call<Results>("PutRecords", { StreamName: "s", Records: [{ Data: data(1) }] }).FailedRecordCount).toBe(0);
  });

  test("keeps one that is given, but does not go by it", () => {
    const { call, iterator, read } = anAutoStream();
    const placed = Array.from({ length: 4 }, () => call<Placed>("PutRecord", record({ ExplicitHashKey: "0" })));
    expect(new Set(placed.map(({ ShardId }) => ShardId)).size).toBe(4);
    expect(read(iterator("s", { ShardId: id(3) })).Records).toMatchObject([{ PartitionKey: "k" }]);
  });

  test("shows none where none was given", () => {
    const { call, iterator, read } = anAutoStream();
    const { ShardId } = call<Placed>("PutRecord", { StreamName: "s", Data: data(1) });
    expect(read(iterator("s", { ShardId })).Records[0]?.PartitionKey).toBeUndefined();
  });

  test("needs one again when told to go by it", () => {
    const { arnOf, call, failure } = anAutoStream();
    const RecordDistributionStrategy = "USER_PARTITION_KEY";
    call("UpdateStreamRecordDistributionStrategy", { StreamARN: arnOf("s"), RecordDistributionStrategy });
    const expected = invalid("null at 'partitionKey': Member must not be null");
    expect(failure("PutRecord", { StreamName: "s", Data: data(1) })).toEqual(expected);
    expect(failure("PutRecord", { StreamARN: arnOf("s"), Data: data(1) })).toEqual(expected);
  });
});
