import { describe, expect, test } from "vitest";
import { ACCOUNT, aKinesis, invalidArgument, notActive, refusal, SECOND, slow } from "../../../support/kinesis.ts";

const NO_COMMITMENT = refusal(
  "ValidationException",
  `WarmThroughputMiBps requires the minimum throughput billing commitment to be enabled for account ${ACCOUNT}.`,
);

function aStream(changes = {}, more = {}) {
  const kinesis = aKinesis(changes);
  kinesis.create("s", more);
  return { ...kinesis, StreamARN: kinesis.arnOf("s") };
}

function anOnDemandStream(changes = {}) {
  const kinesis = aKinesis(changes);
  kinesis.createOnDemand("s");
  return { ...kinesis, StreamARN: kinesis.arnOf("s") };
}

// Kinesis reference 6.13

describe("UpdateStreamWarmThroughput", () => {
  const input = (WarmThroughputMiBps: number) => ({ StreamName: "s", WarmThroughputMiBps });

  test("tells what the stream is and shall be ready for", () => {
    const { call, clock, StreamARN } = anOnDemandStream(slow);
    call("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    expect(call("UpdateStreamWarmThroughput", input(100))).toEqual({
      StreamARN,
      StreamName: "s",
      WarmThroughput: { TargetMiBps: 100, CurrentMiBps: 0 },
    });
    clock.advance(5 * SECOND);
    expect(call("DescribeStreamSummary", { StreamName: "s" })).toMatchObject({
      StreamDescriptionSummary: { WarmThroughput: { TargetMiBps: 100, CurrentMiBps: 100 } },
    });
  });

  test("is for on-demand streams, of accounts with the commitment, up to ten GiB a second", () => {
    expect(aStream().failure("UpdateStreamWarmThroughput", input(1))).toEqual(
      refusal("ValidationException", `Request is invalid. Stream s under account ${ACCOUNT} is in Provisioned mode.`),
    );
    const { call, failure } = anOnDemandStream();
    expect(failure("UpdateStreamWarmThroughput", input(1))).toEqual(NO_COMMITMENT);
    call("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    call("UpdateStreamWarmThroughput", input(10_240));
    expect(failure("UpdateStreamWarmThroughput", input(10_241))).toEqual(
      invalidArgument("WarmThroughputMiBps must not be greater than 10240. Requested: 10241"),
    );
  });

  test("needs an ACTIVE stream", () => {
    const { call, failure } = anOnDemandStream(slow);
    call("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    call("UpdateStreamWarmThroughput", input(1));
    expect(failure("UpdateStreamWarmThroughput", input(2))).toEqual(notActive("s", "UPDATING"));
  });
});
