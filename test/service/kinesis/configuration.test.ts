import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  DAY,
  inUse,
  invalidArgument,
  limitExceeded,
  MINUTE,
  noStream,
  notFound,
  OTHER_ACCOUNT,
  REGION,
  refusal,
  SECOND,
  START,
  slow,
} from "../../support/kinesis.ts";

const under = `stream s under account ${ACCOUNT}`;
const notActive = (status: string) => inUse(`Stream s under account ${ACCOUNT} not ACTIVE, instead in state ${status}`);
// as an example of the AWS CLI shows them
const ALL = [
  "IncomingBytes",
  "OutgoingRecords",
  "IteratorAgeMilliseconds",
  "IncomingRecords",
  "ReadProvisionedThroughputExceeded",
  "WriteProvisionedThroughputExceeded",
  "OutgoingBytes",
];

function aStream(changes = {}, more = {}) {
  const kinesis = aKinesis(changes);
  kinesis.create("s", more);
  return { ...kinesis, StreamARN: kinesis.arnOf("s") };
}

// Kinesis reference 6.26

describe("enhanced monitoring", () => {
  test("is turned on and off metric by metric", () => {
    const { call, describe: describeStream, StreamARN } = aStream();
    const change = (operation: string, ...ShardLevelMetrics: readonly string[]) =>
      call(operation, { StreamName: "s", ShardLevelMetrics });
    const answer = (current: readonly string[], desired: readonly string[]) => ({
      StreamName: "s",
      CurrentShardLevelMetrics: current,
      DesiredShardLevelMetrics: desired,
      StreamARN,
    });
    expect(change("EnableEnhancedMonitoring", "OutgoingBytes")).toEqual(answer([], ["OutgoingBytes"]));
    expect(change("EnableEnhancedMonitoring", "OutgoingBytes", "IncomingBytes", "OutgoingRecords")).toEqual(
      answer(["OutgoingBytes"], ["IncomingBytes", "OutgoingRecords", "OutgoingBytes"]),
    );
    expect(change("DisableEnhancedMonitoring", "IncomingBytes", "IncomingRecords")).toEqual(
      answer(["IncomingBytes", "OutgoingRecords", "OutgoingBytes"], ["OutgoingRecords", "OutgoingBytes"]),
    );
    expect(describeStream("s").EnhancedMonitoring).toEqual([
      { ShardLevelMetrics: ["OutgoingRecords", "OutgoingBytes"] },
    ]);
  });

  test("ALL means each of the seven", () => {
    const { call, describe: describeStream } = aStream();
    expect(call("EnableEnhancedMonitoring", { StreamName: "s", ShardLevelMetrics: ["ALL"] })).toMatchObject({
      DesiredShardLevelMetrics: ALL,
    });
    expect(describeStream("s").EnhancedMonitoring).toEqual([{ ShardLevelMetrics: ALL }]);
    expect(call("DisableEnhancedMonitoring", { StreamName: "s", ShardLevelMetrics: ["ALL"] })).toMatchObject({
      CurrentShardLevelMetrics: ALL,
      DesiredShardLevelMetrics: [],
    });
  });

  test.for(["EnableEnhancedMonitoring", "DisableEnhancedMonitoring"])(
    "%s leaves the stream UPDATING, in which it takes no more",
    (operation) => {
      const { call, failure, clock } = aStream(slow);
      call("EnableEnhancedMonitoring", { StreamName: "s", ShardLevelMetrics: ["IncomingBytes"] });
      expect(failure(operation, { StreamName: "s", ShardLevelMetrics: ["ALL"] })).toEqual(notActive("UPDATING"));
      clock.advance(5 * SECOND);
      call(operation, { StreamName: "s", ShardLevelMetrics: ["ALL"] });
    },
  );
});

// Kinesis reference 6.27

describe("encryption", () => {
  const input = { StreamName: "s", EncryptionType: "KMS", KeyId: "alias/aws/kinesis" };

  test.for(["StartStreamEncryption", "StopStreamEncryption"])("%s knows no other type than KMS", (operation) => {
    expect(aStream().failure(operation, { ...input, EncryptionType: "NONE" })).toEqual(
      invalidArgument("EncryptionType must be KMS, not NONE."),
    );
  });

  test("takes a key by its ARN, unless that is of another region", () => {
    const { call, failure } = aStream();
    const keyOf = (region: string) => ({ ...input, KeyId: `arn:aws:kms:${region}:${ACCOUNT}:key/k` });
    call("StartStreamEncryption", keyOf(REGION));
    expect(failure("StartStreamEncryption", keyOf("eu-west-1"))).toEqual(
      refusal("KMSNotFoundException", "Invalid arn eu-west-1"),
    );
  });

  test("leaves the stream UPDATING for a while", () => {
    const { call, clock, describe: describeStream, failure } = aStream(slow);
    expect(call("StartStreamEncryption", input)).toBeUndefined();
    expect(describeStream("s")).toMatchObject({ StreamStatus: "UPDATING", EncryptionType: "KMS" });
    expect(failure("StopStreamEncryption", input)).toEqual(notActive("UPDATING"));
    expect(failure("StartStreamEncryption", input)).toEqual(notActive("UPDATING"));
    clock.advance(5 * SECOND);
    expect(call("StopStreamEncryption", input)).toBeUndefined();
  });

  test("starts and stops 25 times a day each", () => {
    const { call, clock, failure } = aStream();
    for (let time = 0; time < 25; time++) {
      call("StartStreamEncryption", input);
      call("StopStreamEncryption", input);
    }
    const tooOften = limitExceeded(`The encryption of ${under} was changed too often within 24 hours.`);
    expect(failure("StartStreamEncryption", input)).toEqual(tooOften);
    clock.advance(DAY);
    call("StartStreamEncryption", input);
  });
});

// Kinesis reference 6.28, 11.4

describe("resource policies", () => {
  const policy = (Resource: unknown) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "kinesis:PutRecord", Resource }],
    });

  test.for(["a stream", "a consumer"])("of %s come and go", (kind) => {
    const { call, failure, register, StreamARN } = aStream();
    const ResourceARN = kind === "a stream" ? StreamARN : register("s");
    const get = () => call("GetResourcePolicy", { ResourceARN });
    expect(get()).toEqual({ Policy: "{}" });
    for (const Policy of [policy(ResourceARN), policy([ResourceARN])]) {
      expect(call("PutResourcePolicy", { ResourceARN, Policy })).toBeUndefined();
      expect(get()).toEqual({ Policy });
    }
    expect(call("DeleteResourcePolicy", { ResourceARN })).toBeUndefined();
    expect(get()).toEqual({ Policy: "{}" });
    expect(failure("DeleteResourcePolicy", { ResourceARN })).toEqual(
      notFound(`No resource policy found for resource ARN ${ResourceARN}.`),
    );
  });

  test("are for what exists", () => {
    const { arnOf, failure } = aKinesis();
    const ResourceARN = arnOf("s", OTHER_ACCOUNT);
    const expected = notFound(`Stream s under account ${OTHER_ACCOUNT} not found.`);
    expect(failure("PutResourcePolicy", { ResourceARN, Policy: policy(ResourceARN) })).toEqual(expected);
    expect(failure("GetResourcePolicy", { ResourceARN })).toEqual(expected);
    expect(failure("DeleteResourcePolicy", { ResourceARN: arnOf("s") })).toEqual(noStream("s"));
  });

  test.for([
    ["no JSON", "{", "Policy is not a JSON object."],
    ["no object", "[]", "Policy is not a JSON object."],
    ["without anybody", '{"Statement":{"Resource":"*"}}', "Policy validation error: Missing required field Principal"],
    [
      "for everybody but somebody",
      '{"Statement":{"NotPrincipal":"*"}}',
      "Policy validation error: Has prohibited field NotPrincipal",
    ],
    [
      "about whatever begins in some way",
      '{"Statement":{"Principal":"*","Action":["kinesis:PutRecord","kinesis:Get*"]}}',
      "Policy validation error: Resource policy contains invalid statement at line 1, column 14: Action field cannot contain invalid actions",
    ],
    [
      "for something else",
      policy("*"),
      "Policy validation error: Resource policy contains invalid statement at line 1, column 38: The resource policy's resource must be the same as the resource ARN.",
    ],
    [
      "for an object",
      '{"Id":"é","Statement":{"Principal":"*","Resource":{"toString":1}}}',
      "Policy validation error: Resource policy contains invalid statement at line 1, column 23: The resource policy's resource must be the same as the resource ARN.",
    ],
    [
      "about another service, in its second statement",
      '{"Statement": [\n  {"Principal": "*"},\n  {"Principal": "*", "Action": ["kinesis:PutRecord", "sqs:SendMessage"]}]}',
      "Policy validation error: Resource policy contains invalid statement at line 3, column 3: Action field includes AWS services that are inconsistent with specified vendor",
    ],
  ] as const)("cannot be %s", ([, Policy, message]) => {
    const { failure, StreamARN: ResourceARN } = aStream();
    expect(failure("PutResourcePolicy", { ResourceARN, Policy })).toEqual(invalidArgument(message));
  });

  test("a stream has to be ready for one", () => {
    const { arnOf, call, clock, failure } = aKinesis(slow);
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
    const ResourceARN = arnOf("s");
    const put = { ResourceARN, Policy: policy(ResourceARN) };
    expect(failure("PutResourcePolicy", put)).toEqual(notActive("CREATING"));
    clock.advance(25 * SECOND);
    call("IncreaseStreamRetentionPeriod", { StreamName: "s", RetentionPeriodHours: 48 });
    call("PutResourcePolicy", put);
    call("DeleteStream", { StreamName: "s" });
    expect(failure("DeleteResourcePolicy", { ResourceARN })).toEqual(notActive("DELETING"));
    expect(call("GetResourcePolicy", { ResourceARN })).toEqual({ Policy: put.Policy });
  });

  test("a consumer has to be ready for one", () => {
    const { arnOf, call, create, failure } = aKinesis(slow);
    const StreamARN = arnOf(create("s"));
    call("RegisterStreamConsumer", { StreamARN, ConsumerName: "c" });
    const second = START / SECOND + 25;
    const ResourceARN = `${StreamARN}/consumer/c:${second}`;
    expect(failure("PutResourcePolicy", { ResourceARN, Policy: policy(ResourceARN) })).toEqual(
      inUse(
        `Consumer c with creation timestamp ${second} under stream s and account ${ACCOUNT} is not in ACTIVE status.`,
      ),
    );
  });
});

// Kinesis reference 6.29

test("DescribeLimits counts what an account has and may have", () => {
  const { call, create, createOnDemand } = aKinesis({ quotas: { openShards: 100 } });
  create("s", { ShardCount: 3 });
  createOnDemand("t");
  expect(call("DescribeLimits")).toEqual({
    ShardLimit: 100,
    OpenShardCount: 7,
    OnDemandStreamCount: 1,
    OnDemandStreamCountLimit: 50,
    ChannelCount: 0,
    ChannelCountLimit: 100,
  });
});

// Kinesis reference 6.30

describe("the commitment to a minimum throughput", () => {
  const commitment = (MinimumThroughputBillingCommitment: object) => ({ MinimumThroughputBillingCommitment });
  const update = ({ call }: ReturnType<typeof aKinesis>, Status: string) =>
    call("UpdateAccountSettings", commitment({ Status }));
  const enabled = { Status: "ENABLED", StartedAt: START, EndedAt: undefined, EarliestAllowedEndAt: START + DAY };

  test("is DISABLED to begin with", () => {
    expect(aKinesis().call("DescribeAccountSettings")).toEqual(
      commitment({ Status: "DISABLED", StartedAt: undefined, EndedAt: undefined, EarliestAllowedEndAt: undefined }),
    );
  });

  test("lasts a day at least", () => {
    const kinesis = aKinesis();
    expect(update(kinesis, "ENABLED")).toEqual(commitment(enabled));
    kinesis.clock.advance(MINUTE);
    const ending = { ...enabled, Status: "ENABLED_UNTIL_EARLIEST_ALLOWED_END" };
    expect(update(kinesis, "DISABLED")).toEqual(commitment(ending));
    kinesis.clock.advance(DAY - MINUTE);
    expect(kinesis.call("DescribeAccountSettings")).toEqual(
      commitment({ ...enabled, Status: "DISABLED", EndedAt: START + DAY }),
    );
  });

  test("goes on when its end is called off", () => {
    const kinesis = aKinesis();
    update(kinesis, "ENABLED");
    update(kinesis, "DISABLED");
    expect(update(kinesis, "ENABLED")).toEqual(commitment(enabled));
  });
});
