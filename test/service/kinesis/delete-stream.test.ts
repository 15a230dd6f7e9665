import { describe, expect, test } from "vitest";
import { ACCOUNT, aKinesis, inUse, noStream, notFound, slow } from "../../support/kinesis.ts";

// Kinesis reference 6.2

describe("DeleteStream", () => {
  test("takes its time, and the stream is gone", () => {
    const { call, clock, create, describe: describeStream, failure } = aKinesis(slow);
    const StreamName = create();
    expect(call("DeleteStream", { StreamName })).toBeUndefined();
    expect(describeStream(StreamName)).toMatchObject({ StreamStatus: "DELETING", Shards: { length: 1 } });
    clock.advance(29_999);
    expect(describeStream(StreamName).StreamStatus).toBe("DELETING");
    clock.advance(1);
    expect(failure("DescribeStream", { StreamName })).toEqual(noStream(StreamName));
  });

  test("works on a stream that is being created, which then never shows a shard", () => {
    const { call, describe: describeStream } = aKinesis(slow);
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
    call("DeleteStream", { StreamName: "s" });
    expect(describeStream("s")).toMatchObject({ StreamStatus: "DELETING", Shards: [] });
  });

  test("cuts a change of its shards short", () => {
    const {
      call,
      clock,
      create,
      describe: describeStream,
    } = aKinesis({ durations: { reshardingMs: 10, deletingMs: 20 } });
    create("s");
    call("SplitShard", { StreamName: "s", ShardToSplit: "0", NewStartingHashKey: "1000" });
    call("DeleteStream", { StreamName: "s" });
    clock.advance(19);
    expect(describeStream("s")).toMatchObject({ StreamStatus: "DELETING", Shards: { length: 1 } });
  });

  test.for([undefined, false])("with consumers is refused unless that is enforced: %s", (EnforceConsumerDeletion) => {
    const { call, create, register, failure } = aKinesis();
    const StreamName = create("s");
    register(StreamName);
    expect(failure("DeleteStream", { StreamName, EnforceConsumerDeletion })).toEqual(
      inUse(
        `DeleteStream can’t delete ${ACCOUNT}:s because there are consumers associated with this data stream. To delete s anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
      ),
    );
    call("DeleteStream", { StreamName, EnforceConsumerDeletion: true });
    expect(failure("DescribeStream", { StreamName })).toEqual(noStream(StreamName));
  });
});

test("a stream that was deleted has no more to say", () => {
  const { call, create, failure, iterator } = aKinesis();
  const StreamName = create("s");
  const ShardIterator = iterator(StreamName);
  call("DeleteStream", { StreamName });
  expect(failure("GetRecords", { ShardIterator })).toEqual(
    notFound(`Shard shardId-000000000000 in stream s under account ${ACCOUNT} does not exist`),
  );
});
