import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  type Input,
  inUse,
  type KinesisFixture,
  noShard,
  noStream,
  notActive,
  SECOND,
  shardId,
  slow,
} from "../../support/kinesis.ts";

// Kinesis reference 4.1

type State = "CREATING" | "ACTIVE" | "UPDATING" | "DELETING";
/** What a call answers: it works, the stream takes no changes, there is no such stream, shard or free name. */
type Answer = "ok" | "inUse" | "noStream" | "noShard" | "exists";

interface Row {
  readonly operation: string;
  readonly input: Input;
  readonly CREATING: Answer;
  readonly ACTIVE: Answer;
  readonly UPDATING: Answer;
  readonly DELETING: Answer;
}

const name = { StreamName: "s" };
const record = { Data: Buffer.from("x"), PartitionKey: "k" };
const shard = { ShardId: shardId(0), ShardIteratorType: "LATEST" };
const split = { ShardToSplit: shardId(0), NewStartingHashKey: "1000" };
const merge = { ShardToMerge: shardId(0), AdjacentShardToMerge: shardId(1) };
const onDemand = { StreamModeDetails: { StreamMode: "ON_DEMAND" } };
const byKey = { RecordDistributionStrategy: "USER_PARTITION_KEY" };
const StreamARN = aKinesis().arnOf("s");

const always = { CREATING: "ok", ACTIVE: "ok", UPDATING: "ok", DELETING: "ok" } as const;
const whenActive = { CREATING: "inUse", ACTIVE: "ok", UPDATING: "inUse", DELETING: "inUse" } as const;
const whenWritable = { CREATING: "noStream", ACTIVE: "ok", UPDATING: "ok", DELETING: "noStream" } as const;
const never = { CREATING: "exists", ACTIVE: "exists", UPDATING: "exists", DELETING: "exists" } as const;

const ROWS: readonly Row[] = [
  { operation: "DescribeStream", input: name, ...always },
  { operation: "DescribeStreamSummary", input: name, ...always },
  { operation: "ListStreams", input: {}, ...always },
  { operation: "ListShards", input: name, ...always, CREATING: "inUse" },
  { operation: "GetShardIterator", input: { ...name, ...shard }, ...always, CREATING: "noShard" },
  { operation: "PutRecord", input: { ...name, ...record }, ...whenWritable },
  { operation: "PutRecords", input: { ...name, Records: [record] }, ...whenWritable },
  { operation: "SplitShard", input: { ...name, ...split }, ...whenActive },
  { operation: "MergeShards", input: { ...name, ...merge }, ...whenActive },
  {
    operation: "UpdateShardCount",
    input: { ...name, TargetShardCount: 4, ScalingType: "UNIFORM_SCALING" },
    ...whenActive,
  },
  { operation: "IncreaseStreamRetentionPeriod", input: { ...name, RetentionPeriodHours: 96 }, ...whenActive },
  { operation: "DecreaseStreamRetentionPeriod", input: { ...name, RetentionPeriodHours: 24 }, ...whenActive },
  { operation: "UpdateStreamMode", input: { StreamARN, ...onDemand }, ...whenActive },
  { operation: "UpdateMaxRecordSize", input: { StreamARN, MaxRecordSizeInKiB: 2048 }, ...whenActive },
  {
    operation: "UpdateStreamRecordDistributionStrategy",
    input: { StreamARN, ...byKey },
    ...whenActive,
    UPDATING: "ok",
  },
  { operation: "DeleteStream", input: name, ...always, DELETING: "inUse" },
  { operation: "CreateStream", input: { ...name, ShardCount: 1 }, ...never },
];

/** A stream of two shards in that state. */
function aStreamIn(state: State): KinesisFixture {
  const kinesis = aKinesis(slow);
  const { call, clock } = kinesis;
  call("CreateStream", { ...name, ShardCount: 2 });
  if (state === "CREATING") return kinesis;
  clock.advance(25 * SECOND);
  if (state === "UPDATING") call("IncreaseStreamRetentionPeriod", { ...name, RetentionPeriodHours: 48 });
  if (state === "DELETING") call("DeleteStream", name);
  return kinesis;
}

function failureFor(answer: Exclude<Answer, "ok">, state: State) {
  switch (answer) {
    case "inUse":
      return notActive("s", state);
    case "noStream":
      return noStream("s");
    case "noShard":
      return noShard(0, "s");
    case "exists":
      return inUse(`Stream s under account ${ACCOUNT} already exists.`);
  }
}

describe.for(["CREATING", "ACTIVE", "UPDATING", "DELETING"] as const)("a stream that is %s", (state) => {
  test.for(ROWS)(`answers $operation with $${state}`, ({ operation, input, [state]: answer }) => {
    const { call, describe: describeStream, failure } = aStreamIn(state);
    expect(describeStream("s").StreamStatus).toBe(state);
    if (answer === "ok") call(operation, input);
    else expect(failure(operation, input)).toEqual(failureFor(answer, state));
  });
});

test.for(["UPDATING", "DELETING"] as const)("records can still be read from a stream that is %s", (state) => {
  const { call, create, iterator, put, read } = aKinesis(slow);
  put(create("s"), ["a"]);
  if (state === "UPDATING") call("IncreaseStreamRetentionPeriod", { ...name, RetentionPeriodHours: 48 });
  else call("DeleteStream", name);
  expect(read(iterator("s")).Records).toHaveLength(1);
});

test("a call that changes nothing leaves the stream ACTIVE", () => {
  const { arnOf, call, create, describe: describeStream } = aKinesis(slow);
  create("s");
  call("IncreaseStreamRetentionPeriod", { ...name, RetentionPeriodHours: 24 });
  call("DecreaseStreamRetentionPeriod", { ...name, RetentionPeriodHours: 24 });
  call("UpdateMaxRecordSize", { StreamARN: arnOf("s"), MaxRecordSizeInKiB: 1024 });
  call("UpdateStreamMode", { StreamARN: arnOf("s"), StreamModeDetails: { StreamMode: "PROVISIONED" } });
  call("UpdateShardCount", { ...name, TargetShardCount: 1, ScalingType: "UNIFORM_SCALING" });
  expect(describeStream("s").StreamStatus).toBe("ACTIVE");
});

describe("where changes take no time", () => {
  const changes = ROWS.filter(({ UPDATING }) => UPDATING === "inUse");

  test.for(changes)("$operation is done when it is answered", ({ operation, input }) => {
    const { call, create, describe: describeStream } = aKinesis();
    create("s", { ShardCount: 2 });
    call(operation, input);
    expect(describeStream("s").StreamStatus).toBe("ACTIVE");
  });

  test("a stream is there, and gone, at once", () => {
    const { call, describe: describeStream, failure } = aKinesis();
    call("CreateStream", { ...name, ShardCount: 2 });
    expect(describeStream("s")).toMatchObject({ StreamStatus: "ACTIVE", Shards: { length: 2 } });
    call("DeleteStream", name);
    expect(failure("DescribeStream", name)).toEqual(noStream("s"));
    call("CreateStream", { ...name, ShardCount: 1 });
  });
});
