import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  HOUR,
  invalidArgument,
  limitExceeded,
  notActive,
  REGION,
  refusal,
  SECOND,
  slow,
} from "../../support/kinesis.ts";

const under = `stream s under account ${ACCOUNT}`;
const NO_COMMITMENT = refusal(
  "ValidationException",
  `WarmThroughputMiBps requires the minimum throughput billing commitment to be enabled for account ${ACCOUNT}.`,
);

function aStream(changes = {}, more = {}) {
  const kinesis = aKinesis(changes);
  kinesis.create("s", more);
  return { ...kinesis, StreamARN: kinesis.arnOf("s") };
}

// Kinesis reference 6.11

describe("UpdateStreamMode", () => {
  const to = (StreamARN: string, StreamMode: string, more = {}) => ({
    StreamARN,
    StreamModeDetails: { StreamMode },
    ...more,
  });

  test("keeps the shards", () => {
    const { call, describe: describeStream, StreamARN } = aStream({}, { ShardCount: 3 });
    expect(call("UpdateStreamMode", to(StreamARN, "ON_DEMAND"))).toBeUndefined();
    expect(describeStream("s")).toMatchObject({
      StreamModeDetails: { StreamMode: "ON_DEMAND" },
      Shards: { length: 3 },
    });
    call("UpdateStreamMode", to(StreamARN, "PROVISIONED"));
    expect(describeStream("s")).toMatchObject({ Shards: { length: 3 } });
  });

  test("switches twice a day", () => {
    const { call, clock, failure, StreamARN } = aStream();
    call("UpdateStreamMode", to(StreamARN, "ON_DEMAND"));
    call("UpdateStreamMode", to(StreamARN, "PROVISIONED"));
    expect(failure("UpdateStreamMode", to(StreamARN, "ON_DEMAND"))).toEqual(
      limitExceeded(`Rate exceeded for ${under}.`),
    );
    clock.advance(24 * HOUR);
    call("UpdateStreamMode", to(StreamARN, "ON_DEMAND"));
  });

  test("takes its time", () => {
    const { call, clock, describe: describeStream, failure, StreamARN } = aStream(slow);
    call("UpdateStreamMode", to(StreamARN, "ON_DEMAND"));
    expect(describeStream("s").StreamStatus).toBe("UPDATING");
    expect(failure("UpdateStreamMode", to(StreamARN, "PROVISIONED"))).toEqual(notActive("s", "UPDATING"));
    clock.advance(5 * SECOND);
    expect(describeStream("s").StreamStatus).toBe("ACTIVE");
  });

  test("takes warm throughput only towards on-demand, and with the commitment", () => {
    const { call, failure, StreamARN } = aStream();
    expect(failure("UpdateStreamMode", to(StreamARN, "PROVISIONED", { WarmThroughputMiBps: 1 }))).toEqual(
      invalidArgument("WarmThroughputMiBps can only be set for ON_DEMAND streams"),
    );
    expect(failure("UpdateStreamMode", to(StreamARN, "ON_DEMAND", { WarmThroughputMiBps: 1 }))).toEqual(NO_COMMITMENT);
    call("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    call("UpdateStreamMode", to(StreamARN, "ON_DEMAND", { WarmThroughputMiBps: 1 }));
  });

  test("keeps to the quota of on-demand streams", () => {
    const { failure, StreamARN } = aStream({ quotas: { onDemandStreams: 0 } });
    expect(failure("UpdateStreamMode", to(StreamARN, "ON_DEMAND"))).toEqual(
      limitExceeded(
        `This request would exceed the limit on the number of On-Demand streams for the account ${ACCOUNT} in ${REGION}. Current On-Demand streams count: 0. Limit: 0.`,
      ),
    );
  });
});
