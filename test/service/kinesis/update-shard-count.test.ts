import { describe, expect, test } from "vitest";
import { ACCOUNT, aKinesis, HOUR, type Input, limitExceeded, onDemandMode, slow } from "../../support/kinesis.ts";

const under = `stream s under account ${ACCOUNT}`;

// Kinesis reference 6.10

describe("UpdateShardCount", () => {
  const to = (TargetShardCount: number): Input => ({
    StreamName: "s",
    TargetShardCount,
    ScalingType: "UNIFORM_SCALING",
  });

  test.for([
    [2, 4, 6],
    [4, 5, 15],
    [10, 13, 37],
    [4, 2, 6],
    [5, 3, 7],
    [10, 5, 15],
    [3, 6, 9],
    [1, 1, 1],
  ] as const)("from %d to %d shards: %d altogether", ([from, target, all]) => {
    const { call, create, describe: describeStream, arnOf } = aKinesis();
    create("s", { ShardCount: from });
    expect(call("UpdateShardCount", to(target))).toEqual({
      StreamName: "s",
      CurrentShardCount: from,
      TargetShardCount: target,
      StreamARN: arnOf("s"),
    });
    const { Shards } = describeStream("s");
    expect(Shards).toHaveLength(all);
    const open = Shards.filter(({ SequenceNumberRange }) => SequenceNumberRange.EndingSequenceNumber === undefined);
    expect(open).toHaveLength(target);
  });

  test("to the present number changes nothing", () => {
    const { call, create, describe: describeStream } = aKinesis(slow);
    create("s", { ShardCount: 2 });
    expect(call("UpdateShardCount", to(2))).toMatchObject({ CurrentShardCount: 2, TargetShardCount: 2 });
    expect(describeStream("s").StreamStatus).toBe("ACTIVE");
  });

  test.for([
    [1, 3],
    [2, 5],
    [1, 4],
  ] as const)("cannot more than double %d shards to %d", ([from, target]) => {
    const { create, failure } = aKinesis();
    create("s", { ShardCount: from });
    expect(failure("UpdateShardCount", to(target))).toEqual(
      limitExceeded(
        `UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: ${from} Target shard count: ${target} `,
      ),
    );
  });

  test.for([
    [4, 1],
    [5, 2],
    [10, 3],
  ] as const)("cannot less than halve %d shards to %d", ([from, target]) => {
    const { create, failure } = aKinesis();
    create("s", { ShardCount: from });
    expect(failure("UpdateShardCount", to(target))).toEqual(
      limitExceeded(
        `UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: ${from}, Target shard count: ${target}`,
      ),
    );
  });

  test("counts open shards only", () => {
    const { call, create } = aKinesis();
    create("s", { ShardCount: 2 });
    call("UpdateShardCount", to(4));
    expect(call("UpdateShardCount", to(8))).toMatchObject({ CurrentShardCount: 4, TargetShardCount: 8 });
  });

  test.for<[quota: Input]>([[{ openShards: 3 }], [{ openShardsPerStream: 3 }]])("keeps to the quota %j", ([quotas]) => {
    const { call, create, failure } = aKinesis({ quotas });
    create("s", { ShardCount: 2 });
    expect(failure("UpdateShardCount", to(4))).toEqual(
      limitExceeded(
        "Target shard count or number of open shards cannot be greater than 3. Current open shard count: 2, Target shard count: 4",
      ),
    );
    call("UpdateShardCount", to(3));
  });

  test("brings a stream beyond its quota below it, not to it", () => {
    const { call, create, failure } = aKinesis({ quotas: { openShardsPerStream: 3 } });
    create("s", { ShardCount: 4 });
    expect(failure("UpdateShardCount", to(3))).toEqual(
      limitExceeded(
        "Target shard count or number of open shards cannot be greater than 3. Current open shard count: 4, Target shard count: 3",
      ),
    );
    call("UpdateShardCount", to(2));
  });

  test("counts the shards of other streams, but not what a merge gives back", () => {
    const { call, create, failure } = aKinesis({ quotas: { openShards: 5 } });
    create("other", { ShardCount: 2 });
    create("s", { ShardCount: 3 });
    expect(failure("UpdateShardCount", to(4)).message).toContain("cannot be greater than 5");
    call("UpdateShardCount", to(2));
  });

  test("asks for the mode before the number, and how often last", () => {
    const { call, create, createOnDemand, failure } = aKinesis({ quotas: { rescalesPerDay: 0 } });
    createOnDemand("s");
    expect(failure("UpdateShardCount", to(100))).toEqual(onDemandMode("s"));
    call("DeleteStream", { StreamName: "s" });
    create("s", { ShardCount: 2 });
    expect(failure("UpdateShardCount", to(5)).message).toContain("cannot scale up over double");
    expect(failure("UpdateShardCount", to(3)).message).toContain("can be called 0 times");
    expect(call("UpdateShardCount", to(2))).toMatchObject({ TargetShardCount: 2 });
  });

  test("works ten times a day", () => {
    const { call, clock, create, failure } = aKinesis();
    create("s", { ShardCount: 2 });
    for (let time = 0; time < 10; time++) call("UpdateShardCount", to(time % 2 === 0 ? 3 : 2));
    expect(failure("UpdateShardCount", to(3))).toEqual(
      limitExceeded(`UpdateShardCount can be called 10 times in 24 hours for ${under}.`),
    );
    clock.advance(24 * HOUR);
    call("UpdateShardCount", to(3));
  });

  test("is not for on-demand streams", () => {
    const { createOnDemand, failure } = aKinesis();
    createOnDemand("s");
    expect(failure("UpdateShardCount", to(8))).toEqual(onDemandMode("s"));
  });
});
