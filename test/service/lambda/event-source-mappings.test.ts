import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  arnOf,
  clause,
  conflict,
  f,
  invalid,
  notFound,
  violation,
  withFunction,
} from "../../support/lambda.ts";
import { START } from "../../support/service-call.ts";

// Lambda reference 6

const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:q`;
const FIFO = `${QUEUE}.fifo`;
const STREAM = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`;
const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const GONE = notFound("The resource you requested does not exist.");
const ofQueue = { ...f, EventSourceArn: QUEUE };
const ofStream = { ...f, EventSourceArn: STREAM, StartingPosition: "LATEST" };

/** Lambda with the function `f`, two queues and a stream. */
async function withSources() {
  const lambda = await withFunction();
  for (const arn of [QUEUE, FIFO]) lambda.queues.set(arn, { visibilityTimeoutMs: 30_000 });
  lambda.streams.add(STREAM);
  const create = (input: object) => lambda.call("CreateEventSourceMapping", input);
  return { ...lambda, createFunction: lambda.create, create };
}

describe("a mapping of a queue", () => {
  test("is answered as it was recorded, and settles at once", async () => {
    const { create, call, failure } = await withSources();
    const made = await create(ofQueue);
    expect(made).toEqual({
      UUID,
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      EventSourceArn: QUEUE,
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:event-source-mapping:${made.UUID}`,
      FunctionArn: arnOf("f"),
      LastModified: START,
      State: "Creating",
      StateTransitionReason: "USER_INITIATED",
      FunctionResponseTypes: [],
    });
    const its = { UUID: made.UUID };
    expect(await call("GetEventSourceMapping", its)).toEqual({ ...made, State: "Enabled" });
    expect(await call("DeleteEventSourceMapping", its)).toEqual({ ...made, State: "Deleting" });
    expect(await failure("GetEventSourceMapping", its)).toBe(GONE);
    expect(await failure("UpdateEventSourceMapping", its)).toBe(GONE);
    expect(await failure("DeleteEventSourceMapping", its)).toBe(GONE);
  });

  test("shows all that it was given, and lets go of it", async () => {
    const { create, call } = await withSources();
    const given = {
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 7,
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":["b"]}}' }] },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 2 },
      MetricsConfig: { Metrics: ["EventCount"] },
      KMSKeyArn: "arn:aws:kms:us-east-1:000000000000:key/k",
    };
    const made = await create({ ...ofQueue, ...given, Enabled: false });
    expect(made).toMatchObject({ ...given, State: "Creating" });
    const its = { UUID: made.UUID };
    expect(await call("GetEventSourceMapping", its)).toMatchObject({ ...given, State: "Disabled" });
    const without = {
      FilterCriteria: {},
      ScalingConfig: {},
      MetricsConfig: {},
      KMSKeyArn: "",
      FunctionResponseTypes: [],
    };
    const changed = await call("UpdateEventSourceMapping", { ...its, ...without });
    expect(Object.keys(changed)).not.toEqual(expect.arrayContaining(["FilterCriteria"]));
    for (const name of ["FilterCriteria", "ScalingConfig", "MetricsConfig", "KMSKeyArn"]) {
      expect(changed).not.toHaveProperty(name);
    }
    expect(changed).toMatchObject({ BatchSize: 500, FunctionResponseTypes: [], State: "Updating" });
  });

  test("goes through Enabling and Disabling", async () => {
    const { create, call } = await withSources();
    const { UUID: uuid } = await create(ofQueue);
    const update = async (change: object) => (await call("UpdateEventSourceMapping", { UUID: uuid, ...change })).State;
    expect(await update({ Enabled: false })).toBe("Disabling");
    expect(await call("GetEventSourceMapping", { UUID: uuid })).toMatchObject({ State: "Disabled" });
    expect(await update({ BatchSize: 3 })).toBe("Updating");
    expect(await update({ Enabled: true })).toBe("Enabling");
  });

  test("keeps the qualifier of its function", async () => {
    const { create, call, failure } = await withSources();
    await call("PublishVersion", f);
    await call("CreateAlias", { ...f, Name: "live", FunctionVersion: "1" });
    const names = { f: "f", "f:$LATEST": "f:$LATEST", "f:1": "f:1", [arnOf("f:live")]: "f:live" };
    for (const [FunctionName, shown] of Object.entries(names)) {
      expect(await create({ ...ofQueue, FunctionName })).toMatchObject({ FunctionArn: arnOf(shown) });
    }
    const { EventSourceMappings } = await call("ListEventSourceMappings", { FunctionName: "f:live" });
    expect(EventSourceMappings).toEqual([expect.objectContaining({ FunctionArn: arnOf("f:live"), State: "Enabled" })]);
    for (const FunctionName of ["f:2", "g"]) {
      expect(await failure("CreateEventSourceMapping", { ...ofQueue, FunctionName })).toBe(
        invalid("Function does not exist"),
      );
    }
  });

  test("is the only one of its queue and its function", async () => {
    const { create, failure } = await withSources();
    const { UUID: uuid } = await create(ofQueue);
    expect(await failure("CreateEventSourceMapping", ofQueue)).toBe(
      conflict(
        `An event source mapping with SQS arn (" ${QUEUE} ") and function (" f ") already exists. Please update or delete the existing mapping with UUID ${uuid}`,
      ),
    );
  });

  test.for<[what: string, change: object, error: string]>([
    ["a starting position", { StartingPosition: "LATEST" }, "StartingPosition is not valid for SQS event sources."],
    ["an instant to begin at", { StartingPositionTimestamp: START }, "Timestamp is not valid for SQS event sources."],
    ...Object.entries({
      BisectBatchOnFunctionError: true,
      DestinationConfig: {},
      LoggingConfig: { SystemLogLevel: "INFO" },
      MaximumRecordAgeInSeconds: 60,
      MaximumRetryAttempts: 1,
      ParallelizationFactor: 2,
      Topics: ["tt"],
      TumblingWindowInSeconds: 1,
    }).map(([name, value]): [string, object, string] => [
      `${name}, which queues have not`,
      { [name]: value },
      `Unsupported ${name} parameter for given event source mapping type.`,
    ]),
    ...["ErrorCount", "KafkaMetrics"].map((metric): [string, object, string] => [
      `the metric ${metric}`,
      { MetricsConfig: { Metrics: ["EventCount", metric] } },
      "Invalid EventSourceMapping metrics. Expected values: [EventCount]",
    ]),
    [
      "a large batch without a window",
      { BatchSize: 11 },
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    ],
    [
      "a large batch of a FIFO queue",
      { EventSourceArn: FIFO, BatchSize: 11 },
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    ],
    [
      "a window of a FIFO queue",
      { EventSourceArn: FIFO, MaximumBatchingWindowInSeconds: 1 },
      "Batching window is not supported for FIFO queues",
    ],
    ...['{"body":"a"}', "null", '"a"', "{", '{"body":[]}'].map(
      (Pattern) =>
        [
          `the pattern ${Pattern}`,
          { FilterCriteria: { Filters: [{ Pattern }] } },
          "Invalid filter pattern definition.",
        ] as [string, object, string],
    ),
    [
      "six filters",
      { FilterCriteria: { Filters: Array(6).fill({ Pattern: '{"body":["a"]}' }) } },
      "Too many filter patterns, maximum allowed 5 patterns, provided 6 patterns.",
    ],
    [
      "pollers beside concurrency",
      { ScalingConfig: { MaximumConcurrency: 2 }, ProvisionedPollerConfig: { MinimumPollers: 2 } },
      "Provisioned mode for SQS ESM does not support maximum concurrency feature. Use MaximumPollers as the control mechanism and remove maximum concurrency.",
    ],
    ...["MinimumPollers", "MaximumPollers"].map((name): [string, object, string] => [
      `${name} of 1`,
      { ProvisionedPollerConfig: { [name]: 1 } },
      "MinimumPollers should be between [2, 200] and MaximumPollers should be between [MinimumPollers, 10000]",
    ]),
    [
      "fewer pollers at most than at least",
      { ProvisionedPollerConfig: { MinimumPollers: 10, MaximumPollers: 5 } },
      "MinimumPollers must be less than or equal to MaximumPollers.",
    ],
    [
      "a group of pollers",
      { ProvisionedPollerConfig: { PollerGroupName: "group" } },
      "Invalid parameter: pollerGroupName",
    ],
    [
      "a queue of another region",
      { EventSourceArn: QUEUE.replace("us-east-1", "us-west-2") },
      "Event source region must match Lambda region us-east-1",
    ],
    [
      "a queue that is not there",
      { EventSourceArn: `${QUEUE}2` },
      "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist or you do not have access to it.",
    ],
    [
      "another service",
      { EventSourceArn: "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s" },
      "Unrecognized event source. Unsupported source arn : arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s",
    ],
    ["no source", { EventSourceArn: undefined }, "Unrecognized event source. Unsupported source arn : null"],
  ])("is refused with %s", async ([, change, error]) => {
    const { failure } = await withSources();
    expect(await failure("CreateEventSourceMapping", { ...ofQueue, ...change })).toBe(invalid(error));
  });

  test("is refused while its queue hides messages for less than the function may take", async () => {
    const { create, createFunction, call, failure, queues } = await withSources();
    await createFunction("slow", { Timeout: 31 });
    const text = invalid("Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds");
    expect(await failure("CreateEventSourceMapping", { ...ofQueue, FunctionName: "slow" })).toBe(text);
    const { UUID: uuid } = await create(ofQueue);
    expect(await failure("UpdateEventSourceMapping", { UUID: uuid, FunctionName: "slow" })).toBe(text);
    queues.set(QUEUE, { visibilityTimeoutMs: 31_000 });
    expect(await call("UpdateEventSourceMapping", { UUID: uuid, FunctionName: "slow" })).toMatchObject({
      FunctionArn: arnOf("slow"),
    });
  });

  test("takes no more of its function at a time than is reserved for it", async () => {
    const { create, call, failure } = await withSources();
    await call("PutFunctionConcurrency", { ...f, ReservedConcurrentExecutions: 5 });
    const text = invalid("MaximumConcurrency: 6 is greater than Function Reserved Concurrency: 5");
    const ScalingConfig = { MaximumConcurrency: 6 };
    expect(await failure("CreateEventSourceMapping", { ...ofQueue, ScalingConfig })).toBe(text);
    const { UUID: uuid } = await create({ ...ofQueue, ScalingConfig: { MaximumConcurrency: 5 } });
    expect(await failure("UpdateEventSourceMapping", { UUID: uuid, ScalingConfig })).toBe(text);
    await call("DeleteFunctionConcurrency", f);
    expect(await call("UpdateEventSourceMapping", { UUID: uuid, ScalingConfig })).toMatchObject({ ScalingConfig });
  });

  test("is refused with all that is out of range, before anything else", async () => {
    const { failure } = await withSources();
    const input = {
      FunctionName: "none",
      EventSourceArn: QUEUE,
      BatchSize: 0,
      ScalingConfig: { MaximumConcurrency: 1 },
    };
    expect(await failure("CreateEventSourceMapping", input)).toBe(
      violation(
        clause("0", "batchSize", "Member must have value greater than or equal to 1"),
        clause("1", "scalingConfig.maximumConcurrency", "Member must have value greater than or equal to 2"),
      ),
    );
  });
});

describe("a mapping of a stream", () => {
  test("is answered as it was recorded", async () => {
    const { create } = await withSources();
    const made = await create(ofStream);
    expect(made).toEqual({
      UUID,
      StartingPosition: "LATEST",
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 1,
      EventSourceArn: STREAM,
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:event-source-mapping:${made.UUID}`,
      FunctionArn: arnOf("f"),
      LastModified: START,
      LastProcessingResult: "No records processed",
      State: "Creating",
      StateTransitionReason: "User action",
      DestinationConfig: { OnFailure: {} },
      MaximumRecordAgeInSeconds: -1,
      BisectBatchOnFunctionError: false,
      MaximumRetryAttempts: -1,
      TumblingWindowInSeconds: 0,
      FunctionResponseTypes: [],
    });
  });

  test("shows all that it was given, and lets go of its destination", async () => {
    const { create, call } = await withSources();
    const given = {
      BatchSize: 5,
      ParallelizationFactor: 2,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
      MaximumRecordAgeInSeconds: 60,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 3,
      TumblingWindowInSeconds: 30,
    };
    const StartingPositionTimestamp = START - 1000;
    const made = await create({ ...ofStream, ...given, StartingPosition: "AT_TIMESTAMP", StartingPositionTimestamp });
    expect(made).toMatchObject({ ...given, StartingPosition: "AT_TIMESTAMP", StartingPositionTimestamp });
    const change = { UUID: made.UUID, DestinationConfig: { OnFailure: {} }, MaximumRecordAgeInSeconds: -1 };
    expect(await call("UpdateEventSourceMapping", change)).toMatchObject({
      DestinationConfig: { OnFailure: {} },
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: 3,
    });
  });

  test("is the only one of its stream and its function", async () => {
    const { create, failure } = await withSources();
    const { UUID: uuid } = await create(ofStream);
    expect(await failure("CreateEventSourceMapping", ofStream)).toBe(
      conflict(
        `The event source arn (" ${STREAM} ") and function (" f ") provided mapping already exists. Please update or delete the existing mapping with UUID ${uuid}`,
      ),
    );
  });

  test.for<[what: string, change: object, error: string]>([
    [
      "no starting position",
      { StartingPosition: undefined },
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    ],
    ["no instant to begin at", { StartingPosition: "AT_TIMESTAMP" }, "Need to specify a timestamp"],
    [
      "an instant to come",
      { StartingPosition: "AT_TIMESTAMP", StartingPositionTimestamp: START + 1 },
      "StartingPositionTimestamp cannot be in the future.",
    ],
    [
      "an instant beside another position",
      { StartingPositionTimestamp: START },
      "Timestamp only valid with StartingPosition AT_TIMESTAMP",
    ],
    ...Object.entries({ LoggingConfig: {}, ProvisionedPollerConfig: { MinimumPollers: 2 }, ScalingConfig: {} }).map(
      ([name, value]): [string, object, string] => [
        `${name}, which streams have not`,
        { [name]: value },
        `Unsupported ${name} parameter for given event source mapping type.`,
      ],
    ),
    [
      "a stream of another region",
      { EventSourceArn: STREAM.replace("us-east-1", "us-west-2") },
      "Event source region must match Lambda region us-east-1",
    ],
    [
      "an age of 59 seconds",
      { MaximumRecordAgeInSeconds: 59 },
      "MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)",
    ],
    [
      "a destination of success",
      { DestinationConfig: { OnSuccess: { Destination: QUEUE } } },
      "DestinationConfig.OnSuccess is not supported by event source mappings.",
    ],
    [
      "a FIFO queue as destination",
      { DestinationConfig: { OnFailure: { Destination: FIFO } } },
      "FIFO-type Amazon SQS queues aren't supported as a destination.",
    ],
    [
      "a FIFO topic as destination",
      { DestinationConfig: { OnFailure: { Destination: FIFO.replace(":sqs:", ":sns:") } } },
      "FIFO-type Amazon SNS topics aren't supported as a destination.",
    ],
    [
      "a function as destination",
      { DestinationConfig: { OnFailure: { Destination: arnOf("g") } } },
      "The service specified by the TargetArn isn't supported as a destination.",
    ],
    [
      "data as text",
      { FilterCriteria: { Filters: [{ Pattern: '{"data":["text"]}' }] } },
      "Invalid filter pattern definition.",
    ],
    ["a stream that is not there", { EventSourceArn: `${STREAM}2` }, `Stream not found: ${STREAM}2`],
  ])("is refused with %s", async ([, change, error]) => {
    const { failure } = await withSources();
    expect(await failure("CreateEventSourceMapping", { ...ofStream, ...change })).toBe(invalid(error));
  });

  test("is refused with a position that is none", async () => {
    const { failure } = await withSources();
    expect(await failure("CreateEventSourceMapping", { ...ofStream, StartingPosition: "HERE" })).toBe(
      violation(
        clause("HERE", "startingPosition", "Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]"),
      ),
    );
  });
});

test("mappings are listed by source, by function and page by page", async () => {
  const { create, createFunction, call } = await withSources();
  await createFunction("g");
  await create(ofQueue);
  await create({ ...ofQueue, FunctionName: "g" });
  await create(ofStream);
  const list = async (input: object) => (await call("ListEventSourceMappings", input)).EventSourceMappings;
  expect(await list({})).toHaveLength(3);
  expect(await list({ EventSourceArn: QUEUE })).toHaveLength(2);
  expect(await list({ EventSourceArn: QUEUE, FunctionName: "g" })).toHaveLength(1);
  const { EventSourceMappings: first, NextMarker } = await call("ListEventSourceMappings", { MaxItems: 2 });
  const rest = await call("ListEventSourceMappings", { MaxItems: 2, Marker: NextMarker });
  expect(rest).not.toHaveProperty("NextMarker");
  const uuids = [...first, ...rest.EventSourceMappings].map(({ UUID: uuid }) => uuid);
  expect(new Set(uuids).size).toBe(3);
});

test("a mapping has tags", async () => {
  const { create, call } = await withSources();
  const { EventSourceMappingArn: Resource } = await create({ ...ofQueue, Tags: { a: "1" } });
  await call("TagResource", { Resource, Tags: { b: "2" } });
  await call("UntagResource", { Resource, TagKeys: ["a"] });
  expect(await call("ListTags", { Resource })).toEqual({ Tags: { b: "2" } });
});
