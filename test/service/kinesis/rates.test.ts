import { describe, expect, test } from "vitest";
import { ACCOUNT, aKinesis, type Input, limitExceeded, SECOND, throttled } from "../../support/kinesis.ts";

// Kinesis reference 8.2

const OF_ACCOUNT = limitExceeded(`Rate exceeded for account ${ACCOUNT}.`);
const ofStream = (name: string) => limitExceeded(`Rate exceeded for stream ${name} under account ${ACCOUNT}.`);

test.for<[operation: string, perSecond: number, input: Input, expected: object]>([
  ["DescribeLimits", 1, {}, OF_ACCOUNT],
  ["ListStreams", 5, {}, OF_ACCOUNT],
  ["ListChannels", 5, {}, OF_ACCOUNT],
  ["DescribeAccountSettings", 5, {}, OF_ACCOUNT],
  ["DescribeStream", 10, { StreamName: "s" }, ofStream("s")],
  ["DescribeStreamSummary", 20, { StreamName: "s" }, ofStream("s")],
  ["ListShards", 1000, { StreamName: "s" }, ofStream("s")],
  ["ListTagsForStream", 5, { StreamName: "s" }, ofStream("s")],
  ["AddTagsToStream", 5, { StreamName: "s", Tags: { k: "v" } }, ofStream("s")],
  ["IncreaseStreamRetentionPeriod", 5, { StreamName: "s", RetentionPeriodHours: 24 }, ofStream("s")],
])("%s can be called %d times a second", ([operation, perSecond, input, expected]) => {
  const { call, clock, create, failure } = aKinesis(throttled);
  create("s");
  for (let time = 0; time < perSecond; time++) call(operation, input);
  expect(failure(operation, input)).toEqual(expected);
  clock.advance(SECOND);
  call(operation, input);
});

describe("calls are counted", () => {
  test("for an account by operation, whatever the stream", () => {
    const { call, create, failure } = aKinesis(throttled);
    create("s");
    create("t");
    for (let time = 0; time < 10; time++) call("DescribeStream", { StreamName: "s" });
    expect(failure("DescribeStream", { StreamName: "t" })).toEqual(ofStream("t"));
    call("DescribeStreamSummary", { StreamName: "t" });
  });

  test("for a stream, however it is named", () => {
    const { arnOf, call, create, failure } = aKinesis(throttled);
    create("s");
    create("t");
    const input = (name: string) => ({ StreamName: name, RetentionPeriodHours: 24 });
    for (let time = 0; time < 5; time++) call("IncreaseStreamRetentionPeriod", input("s"));
    const byArn = { StreamARN: arnOf("s"), RetentionPeriodHours: 24 };
    expect(failure("IncreaseStreamRetentionPeriod", byArn)).toEqual(ofStream("s"));
    call("IncreaseStreamRetentionPeriod", input("t"));
  });

  test("for a stream, also when its consumer is what is named", () => {
    const { arnOf, call, create, failure, register } = aKinesis(throttled);
    create("s");
    create("t");
    const [ConsumerARN, other] = [register("s", "c"), register("t", "c")];
    for (let time = 0; time < 10; time++) call("DescribeStreamConsumer", { ConsumerARN });
    for (let time = 0; time < 10; time++) {
      call("DescribeStreamConsumer", { StreamARN: arnOf("s"), ConsumerName: "c" });
    }
    expect(failure("DescribeStreamConsumer", { ConsumerARN })).toEqual(ofStream("s"));
    call("DescribeStreamConsumer", { ConsumerARN: other });
  });

  test("for an account, and still name the stream of the resource", () => {
    const { arnOf, call, create, failure, register } = aKinesis(throttled);
    create("s");
    const consumer = register("s", "c");
    for (let time = 0; time < 5; time++) call("ListTagsForResource", { ResourceARN: arnOf("s") });
    expect(failure("ListTagsForResource", { ResourceARN: consumer })).toEqual(ofStream("s"));
  });

  test("for each account by itself", () => {
    const { call, failure } = aKinesis(throttled);
    call("DescribeLimits");
    expect(failure("DescribeLimits")).toEqual(OF_ACCOUNT);
    call("DescribeLimits", {}, { account: "123456789012" });
    call("DescribeLimits", {}, { region: "eu-west-1" });
  });

  test("only where capacity is", () => {
    const { call } = aKinesis();
    for (let time = 0; time < 100; time++) call("DescribeLimits");
  });
});
