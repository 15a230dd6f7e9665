import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  type Input,
  invalid,
  invalidArgument,
  type KinesisFixture,
  type Placed,
  shardId,
  slow,
  textsOf,
} from "../../support/kinesis.ts";

const data = (bytes: number) => new Uint8Array(bytes);
const record = (more: Input = {}): Input => ({ StreamName: "s", Data: Buffer.from("x"), PartitionKey: "k", ...more });

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
    expect(call("PutRecords", { StreamName: "s", Records: [{ Data: data(1) }] })).toMatchObject({
      FailedRecordCount: 0,
    });
  });

  test("keeps one that is given, but does not go by it", () => {
    const { call, iterator, read } = anAutoStream();
    const placed = Array.from({ length: 4 }, () => call<Placed>("PutRecord", record({ ExplicitHashKey: "0" })));
    expect(new Set(placed.map(({ ShardId }) => ShardId)).size).toBe(4);
    expect(read(iterator("s", { ShardId: shardId(3) })).Records).toMatchObject([{ PartitionKey: "k" }]);
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

// Kinesis reference 6.14

describe("UpdateStreamRecordDistributionStrategy", () => {
  const to = (RecordDistributionStrategy: string, arnOf: KinesisFixture["arnOf"]): Input => ({
    StreamARN: arnOf("s"),
    RecordDistributionStrategy,
  });

  test("takes effect at once", () => {
    const { arnOf, call, createOnDemand, describe: describeStream } = aKinesis(slow);
    createOnDemand("s");
    expect(call("UpdateStreamRecordDistributionStrategy", to("AUTO", arnOf))).toBeUndefined();
    expect(describeStream("s").StreamStatus).toBe("ACTIVE");
    expect(call("DescribeStreamSummary", { StreamName: "s" })).toMatchObject({
      StreamDescriptionSummary: { RecordDistributionStrategy: "AUTO" },
    });
  });

  test("leaves records where they are", () => {
    const { arnOf, call, createOnDemand, iterator, put, read } = aKinesis();
    createOnDemand("s");
    put("s", ["a", "b"], { ExplicitHashKey: "0" });
    call("UpdateStreamRecordDistributionStrategy", to("AUTO", arnOf));
    expect(textsOf(read(iterator("s")).Records)).toEqual(["a", "b"]);
  });

  test("knows AUTO only of on-demand streams", () => {
    const { arnOf, call, create, failure } = aKinesis();
    create("s");
    expect(failure("UpdateStreamRecordDistributionStrategy", to("AUTO", arnOf))).toEqual(
      invalidArgument(`AUTO needs On-Demand mode, which stream s under account ${ACCOUNT} is not in.`),
    );
    call("UpdateStreamRecordDistributionStrategy", to("USER_PARTITION_KEY", arnOf));
  });
});
