import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  type Input,
  invalidArgument,
  longerThanStreamTakes,
  MIB,
  type Placed,
  shardId,
  textsOf,
  throttled,
} from "../../support/kinesis.ts";

const under = `stream s under account ${ACCOUNT}`;
const data = (bytes: number) => new Uint8Array(bytes);
const BEYOND = 2n ** 128n;
const OUT_OF_RANGE = invalidArgument(
  `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${BEYOND}`,
);
const tooLong = (...places: readonly number[]) =>
  longerThanStreamTakes(MIB, ...places.map((place) => `records.${place}.member.data`));

interface Results {
  readonly FailedRecordCount: number;
  readonly Records: readonly (Partial<Placed> & { readonly ErrorCode?: string; readonly ErrorMessage?: string })[];
  readonly EncryptionType?: string;
}

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
    expect(output.Records.map(({ ShardId }) => ShardId)).toEqual([shardId(0), shardId(1), shardId(2), shardId(0)]);
    expect(textsOf(read(iterator("s", { ShardId: shardId(0) })).Records)).toEqual(["a", "a"]);
  });

  test("says of an encrypted stream that it is", () => {
    const { call, create } = aKinesis();
    const StreamName = create("s");
    call("StartStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: "k" });
    expect(call<Results>("PutRecords", records({})).EncryptionType).toBe("KMS");
  });

  test.for<[title: string, entries: readonly Input[], expected: object]>([
    ["a hash key beyond 128 bits", [{}, { ExplicitHashKey: String(BEYOND) }], OUT_OF_RANGE],
    ["a record that is too large", [{}, { Data: data(MIB) }], tooLong(2)],
    ["records that are too large", [{ Data: data(MIB) }, {}, { Data: data(MIB + 1) }], tooLong(1, 3)],
    [
      "more than ten of them",
      Array.from({ length: 11 }, () => ({ Data: data(MIB) })),
      tooLong(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    ],
    [
      "one that is too large, whatever its hash key",
      [{ ExplicitHashKey: String(BEYOND), Data: data(MIB) }],
      tooLong(1),
    ],
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

  test.for([
    [10 * MIB - 2, "takes"],
    [10 * MIB - 1, "refuses"],
  ] as const)("of a key of two bytes and %d bytes of data: a stream for large records %s it", ([bytes, answer]) => {
    const { call, create, failure } = aKinesis();
    create("s", { MaxRecordSizeInKiB: 10_240 });
    const input = records({ PartitionKey: "\u00e9", Data: data(bytes) });
    if (answer === "takes") call("PutRecords", input);
    else expect(failure("PutRecords", input).message).toContain("less than or equal to 10485760");
  });

  test("takes five hundred records", () => {
    const { call, create } = aKinesis();
    create("s");
    expect(call<Results>("PutRecords", records(...Array.from({ length: 500 }, () => ({})))).Records).toHaveLength(500);
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
    expect(full.Records[2]).toMatchObject({ ShardId: shardId(0) });
  });
});
