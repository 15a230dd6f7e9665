import { expect, test } from "vitest";
import { aKinesis } from "../../support/kinesis.ts";

const { service } = aKinesis();

test("the service has the 45 operations of the API, each under its own name", () => {
  expect(service.operations.size).toBe(45);
  expect([...service.operations].map(([name, contract]) => [name, contract.name])).toEqual(
    [...service.operations.keys()].map((name) => [name, name]),
  );
});

test("the service knows what it is called on the wire", () => {
  expect(service.model).toMatchObject({
    id: "kinesis",
    title: "Amazon Kinesis Data Streams",
    apiVersion: "2013-12-02",
    targetPrefix: "Kinesis_20131202",
    protocols: ["awsJson1_1", "awsCbor"],
    frontEnd: "strict",
    takesUnaddressed: true,
  });
});

// Kinesis reference 1.11, 12

const LETTERS: Readonly<Record<string, readonly string[]>> = {
  AD: ["AccessDeniedException"],
  DR: ["DryRunOperationException"],
  EI: ["ExpiredIteratorException"],
  EN: ["ExpiredNextTokenException"],
  IA: ["InvalidArgumentException"],
  IF: ["InternalFailureException"],
  K6: [
    "KMSAccessDeniedException",
    "KMSDisabledException",
    "KMSInvalidStateException",
    "KMSNotFoundException",
    "KMSOptInRequired",
    "KMSThrottlingException",
  ],
  LE: ["LimitExceededException"],
  PT: ["ProvisionedThroughputExceededException"],
  RN: ["ResourceNotFoundException"],
  RU: ["ResourceInUseException"],
  VE: ["ValidationException"],
};

const DECLARED: Readonly<Record<string, string>> = {
  AddTagsToStream: "AD IA LE RU RN",
  CreateChannel: "AD IA LE RU RN VE K6",
  CreateStream: "IA LE RU VE",
  DecreaseStreamRetentionPeriod: "AD IA LE RU RN",
  DeleteChannel: "AD IA LE RN VE",
  DeleteResourcePolicy: "AD IA LE RU RN",
  DeleteStream: "AD IA LE RU RN",
  DeregisterStreamConsumer: "IA LE RN",
  DescribeAccountSettings: "LE",
  DescribeChannel: "AD IA LE RN VE",
  DescribeLimits: "LE",
  DescribeStream: "AD IA LE RN",
  DescribeStreamConsumer: "IA LE RN",
  DescribeStreamSummary: "AD IA LE RN",
  DisableEnhancedMonitoring: "AD IA LE RU RN",
  EnableEnhancedMonitoring: "AD IA LE RU RN",
  GetRecords: "AD DR EI IF IA PT RN K6",
  GetResourcePolicy: "AD IA LE RU RN",
  GetShardIterator: "AD DR IF IA PT RN",
  IncreaseStreamRetentionPeriod: "AD IA LE RU RN",
  ListChannels: "AD EN IA LE VE",
  ListShards: "AD EN IA LE RU RN",
  ListStreamConsumers: "EN IA LE RU RN",
  ListStreams: "EN IA LE",
  ListTagsForResource: "AD IA LE RU RN",
  ListTagsForStream: "AD IA LE RN",
  MergeShards: "AD IA LE RU RN VE",
  PutRecord: "AD DR IF IA PT RN K6",
  PutRecords: "AD DR IF IA PT RN K6",
  PutResourcePolicy: "AD IA LE RU RN",
  RegisterStreamConsumer: "IA LE RU RN",
  RemoveTagsFromStream: "AD IA LE RU RN",
  SplitShard: "AD IA LE RU RN VE",
  StartStreamEncryption: "AD IA LE RU RN K6",
  StopStreamEncryption: "AD IA LE RU RN",
  SubscribeToShard: "AD DR IA LE RU RN",
  TagResource: "AD IA LE RU RN",
  UntagResource: "AD IA LE RU RN",
  UpdateAccountSettings: "IA LE VE",
  UpdateChannel: "AD IA LE RU RN VE",
  UpdateMaxRecordSize: "AD IA LE RU RN VE",
  UpdateShardCount: "AD IA LE RU RN VE",
  UpdateStreamMode: "IA LE RU RN VE",
  UpdateStreamRecordDistributionStrategy: "AD IA LE RU RN VE",
  UpdateStreamWarmThroughput: "AD IA LE RU RN VE",
};

test.for(Object.entries(DECLARED))("%s declares the errors %s", ([operation, letters]) => {
  const declared = service.operations.get(operation)!.errors.map(({ shape }) => shape);
  expect([...new Set(declared)].sort()).toEqual(
    letters
      .split(" ")
      .flatMap((each) => LETTERS[each]!)
      .sort(),
  );
  expect(new Set(declared).size).toBe(declared.length);
});

test("the table of this test has every operation", () => {
  expect(Object.keys(DECLARED).sort()).toEqual([...service.operations.keys()].sort());
});

test("every error is the sender's fault and 400, but for an internal failure", () => {
  const errors = [...service.operations.values()].flatMap((contract) => contract.errors);
  const rows = new Map(errors.map(({ shape, status, fault, isModelled }) => [shape, [status, fault, isModelled]]));
  expect(rows.get("InternalFailureException")).toEqual([500, "Receiver", true]);
  rows.delete("InternalFailureException");
  expect([...rows.values()]).toEqual([...rows.values()].map(() => [400, "Sender", true]));
});
