import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  type Input,
  invalidArgument,
  longerThanStreamTakes,
  MIB,
  noStream,
  type Placed,
  refusal,
  SECOND,
  shardId,
  throttled,
} from "../../support/kinesis.ts";

const under = `stream s under account ${ACCOUNT}`;
const data = (bytes: number) => new Uint8Array(bytes);
const record = (more: Input = {}): Input => ({ StreamName: "s", Data: Buffer.from("x"), PartitionKey: "k", ...more });
const BEYOND = 2n ** 128n;
const OUT_OF_RANGE = invalidArgument(
  `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${BEYOND}`,
);

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
    expect(placed?.ShardId).toBe(shardId(index));
  });

  test.for([
    ["0", 0],
    ["170141183460469231731687303715884105727", 0],
    ["170141183460469231731687303715884105728", 1],
    [String(BEYOND - 1n), 1],
  ] as const)("places the explicit hash key %s on shard %d of two", ([ExplicitHashKey, index]) => {
    const { create, put } = aKinesis();
    const [placed] = put(create("s", { ShardCount: 2 }), ["x"], { ExplicitHashKey });
    expect(placed?.ShardId).toBe(shardId(index));
  });

  test("answers with shard and sequence number, and nothing more unless the stream is encrypted", () => {
    const { call, create } = aKinesis();
    const StreamName = create("s");
    const plain = call<Placed>("PutRecord", record());
    expect(plain).toEqual({
      ShardId: shardId(0),
      SequenceNumber: expect.stringMatching(/^\d{56}$/),
      EncryptionType: undefined,
    });
    call("StartStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: "k" });
    expect(call<Placed>("PutRecord", record()).EncryptionType).toBe("KMS");
  });

  test("takes empty data and a key of 256 characters", () => {
    const { call, create } = aKinesis();
    create("s");
    call("PutRecord", record({ Data: data(0), PartitionKey: "é".repeat(256) }));
    call("PutRecord", record({ Data: data(0), PartitionKey: "😀".repeat(256) }));
  });

  test("refuses a key of 257 characters", () => {
    const { create, failure } = aKinesis();
    create("s");
    const tooLong = "Member must have length less than or equal to 256";
    expect(failure("PutRecord", record({ PartitionKey: "😀".repeat(257) })).message).toContain(tooLong);
  });

  test("refuses a hash key beyond 128 bits", () => {
    const { create, failure } = aKinesis();
    create("s");
    expect(failure("PutRecord", record({ ExplicitHashKey: String(BEYOND) }))).toEqual(OUT_OF_RANGE);
  });

  test("looks for the stream before the hash key", () => {
    expect(aKinesis().failure("PutRecord", record({ ExplicitHashKey: String(BEYOND) }))).toEqual(noStream("s"));
  });

  test.for([
    [MIB - 1, false],
    [MIB, true],
  ] as const)("data of %d bytes and a key of one are too much: %s", ([bytes, isTooMuch]) => {
    const { call, create, failure } = aKinesis();
    create("s");
    const given = record({ Data: data(bytes) });
    if (isTooMuch) expect(failure("PutRecord", given)).toEqual(longerThanStreamTakes(MIB, "data"));
    else call("PutRecord", given);
  });

  test("a key counts by its bytes", () => {
    const { create, failure } = aKinesis();
    create("s");
    expect(failure("PutRecord", record({ Data: data(MIB - 1), PartitionKey: "é" }))).toEqual(
      longerThanStreamTakes(MIB, "data"),
    );
  });
});

test("a shard that takes no more refuses PutRecord for as long", () => {
  const { call, clock, create, failure } = aKinesis(throttled);
  create("s");
  call("PutRecord", record({ Data: data(MIB - 1) }));
  expect(failure("PutRecord", record({ Data: data(1000) }))).toEqual(
    refusal("ProvisionedThroughputExceededException", `Rate exceeded for shard ${shardId(0)} in ${under}.`),
  );
  clock.advance(SECOND);
  call("PutRecord", record({ Data: data(1000) }));
});
