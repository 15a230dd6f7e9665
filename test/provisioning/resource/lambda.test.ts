import { expect, test } from "vitest";
import { aStack } from "../../support/provisioning.ts";
import { zipOf } from "../../support/zip.ts";

const ROLE = "arn:aws:iam::000000000000:role/run";
const ARN = "arn:aws:lambda:us-east-1:000000000000:function:f";
const CODE = "exports.handler = async () => 1;";
/** `index.js`, zipped. */
const ZIP = Buffer.from(zipOf([{ name: "index.js", content: CODE }])).toString("base64");
const functionOf = (more: object = {}) => ({
  Type: "AWS::Lambda::Function",
  Properties: {
    FunctionName: "f",
    Role: ROLE,
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Code: { ZipFile: CODE },
    ...more,
  },
});
type Stack = ReturnType<typeof aStack>;
const shown = (stack: Stack, FunctionName = "f") =>
  stack.ask<{
    Configuration: Record<string, unknown>;
    Tags?: Record<string, string>;
    Concurrency?: Record<string, unknown>;
  }>("lambda", "GetFunction", { FunctionName });

test("a function is made of code in the template, with variables, tags and reserved concurrency", async () => {
  await using stack = aStack();
  const F = functionOf({
    Timeout: "7",
    Environment: { Variables: { AA: 1, BB: true } },
    Tags: [{ Key: "a", Value: "1" }],
    ReservedConcurrentExecutions: 2,
  });
  const template = {
    Resources: { F },
    Outputs: { Ref: { Value: { Ref: "F" } }, Arn: { Value: { "Fn::GetAtt": ["F", "Arn"] } } },
  };
  const { outputs } = await stack.deploy(template, { tags: { stack: "app" } });
  expect(outputs!.map(({ value }) => value)).toEqual(["f", ARN]);
  const { Configuration, Tags, Concurrency } = await shown(stack);
  expect(Configuration).toMatchObject({ Timeout: 7, Environment: { Variables: { AA: "1", BB: "true" } } });
  const systemTags = {
    "aws:cloudformation:stack-name": "app",
    "aws:cloudformation:stack-id": expect.stringMatching(/^arn:aws:cloudformation:us-east-1:000000000000:stack\/app\//),
    "aws:cloudformation:logical-id": "F",
  };
  expect(Tags).toEqual({ stack: "app", a: "1", ...systemTags });
  expect(Concurrency).toEqual({ ReservedConcurrentExecutions: 2 });
  expect((await stack.plan(template, { tags: { stack: "app" } })).steps).toEqual([]);
  await stack.deploy(template, { tags: { stack: "b" } });
  expect((await shown(stack)).Tags).toEqual({ stack: "b", a: "1", ...systemTags });
  await stack.deploy(undefined);
  await expect(shown(stack)).rejects.toThrow("Function not found");
});

test("what is taken out of a template is taken from the function, and new code is new code", async () => {
  await using stack = aStack();
  await stack.deploy({
    Resources: {
      F: functionOf({ Timeout: 7, Environment: { Variables: { AA: "1" } }, ReservedConcurrentExecutions: 2 }),
    },
  });
  const { Configuration: before } = await shown(stack);
  await stack.deploy({ Resources: { F: functionOf({ Code: { ZipFile: "exports.handler = async () => 2;" } }) } });
  const { Configuration: after, Concurrency } = await shown(stack);
  expect(after).toMatchObject({ Timeout: 3, Environment: { Variables: {} } });
  expect(after.CodeSha256).not.toBe(before.CodeSha256);
  expect(Concurrency).toBeUndefined();
});

test("a function without a name gets one, and code of a runtime without files of its own is refused", async () => {
  await using stack = aStack();
  await stack.deploy({ Resources: { F: functionOf({ FunctionName: undefined }) } });
  expect(stack.physicalId("F")).toMatch(/^app-F-[A-Za-z0-9]{12}$/);
  await using other = aStack();
  await other.deploy({ Resources: { F: functionOf({ Runtime: "java21" }) } });
  const reasons = other.events.map(({ reason }) => reason);
  expect(reasons.join()).toContain("ZipFile can only be used when Runtime is set to either of nodejs, python.");
});

test.for([
  [
    { UpdateRuntimeOn: "Manual" },
    "Missing runtime version ARN. A runtime version ARN is required when UpdateRuntimeVersionOn=Manual.",
  ],
  [
    { UpdateRuntimeOn: "Auto", RuntimeVersionArn: "arn:a" },
    "Unexpected runtime version ARN when UpdateRuntimeVersionOn=Auto.",
  ],
] as const)("runtime updates of %j are refused for functions and versions", async ([config, reason]) => {
  for (const Resources of [
    { F: functionOf({ RuntimeManagementConfig: config }) },
    {
      F: functionOf(),
      V: { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "F" }, RuntimePolicy: config } },
    },
  ]) {
    await using stack = aStack();
    const { status } = await stack.deploy({ Resources });
    expect(status).toBe("rolledBack");
    expect(stack.events.map((event) => event.reason).join()).toContain(`"${reason}`);
  }
});

test("a function is made of an object of a bucket", async () => {
  await using stack = aStack();
  await stack.ask("s3", "CreateBucket", { Bucket: "assets" });
  await stack.ask("s3", "PutObject", { Bucket: "assets", Key: "f.zip", Body: ZIP });
  await stack.deploy({ Resources: { F: functionOf({ Code: { S3Bucket: "assets", S3Key: "f.zip" } }) } });
  expect((await shown(stack)).Configuration).toMatchObject({ CodeSize: Buffer.from(ZIP, "base64").length });
});

test("versions, aliases, permissions and invoke configurations come and go with their stack", async () => {
  await using stack = aStack();
  const template = (weight: number, age: number) => ({
    Resources: {
      F: functionOf(),
      V: { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "F" } } },
      A: {
        Type: "AWS::Lambda::Alias",
        Properties: {
          FunctionName: { Ref: "F" },
          Name: "live",
          FunctionVersion: { "Fn::GetAtt": ["V", "Version"] },
          Description: String(weight),
        },
      },
      P: {
        Type: "AWS::Lambda::Permission",
        Properties: { FunctionName: { Ref: "A" }, Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com" },
      },
      C: {
        Type: "AWS::Lambda::EventInvokeConfig",
        Properties: { FunctionName: { Ref: "F" }, Qualifier: "$LATEST", MaximumEventAgeInSeconds: age },
        DependsOn: ["A"],
      },
    },
  });
  await stack.deploy(template(1, 60));
  expect(stack.physicalId("V")).toBe(`${ARN}:1`);
  expect(stack.physicalId("A")).toBe(`${ARN}:live`);
  const policy = await stack.ask<{ Policy: string }>("lambda", "GetPolicy", { FunctionName: "f", Qualifier: "live" });
  expect(JSON.parse(policy.Policy).Statement[0].Sid).toBe(stack.physicalId("P"));
  await stack.deploy(template(2, 90));
  expect(await stack.ask("lambda", "GetAlias", { FunctionName: "f", Name: "live" })).toMatchObject({
    Description: "2",
  });
  const config = await stack.ask("lambda", "GetFunctionEventInvokeConfig", { FunctionName: "f" });
  expect(config).toMatchObject({ MaximumEventAgeInSeconds: 90 });
  await stack.deploy({ Resources: { F: functionOf() } });
  const aliases = await stack.ask("lambda", "ListAliases", { FunctionName: "f" });
  expect(aliases).toEqual({ Aliases: [] });
  const versions = await stack.ask<{ Versions: unknown[] }>("lambda", "ListVersionsByFunction", { FunctionName: "f" });
  expect(versions.Versions).toHaveLength(1);
});

test("no second resource stands for a version, which would go with either", async () => {
  await using stack = aStack();
  const V = (Description: string) => ({
    ...{ Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "F" }, Description } },
  });
  await stack.deploy({ Resources: { F: functionOf(), V: V("one") } });
  const failures = () => stack.events.filter(({ status }) => status.endsWith("FAILED")).map(({ reason }) => reason);
  for (const Resources of [
    { F: functionOf(), V: V("one"), W: V("one") },
    { F: functionOf(), V: V("two") },
  ]) {
    expect((await stack.deploy({ Resources })).status).toBe("rolledBack");
    expect(failures().at(-1)).toMatch(
      /^Resource handler returned message: "A version for this Lambda function exists \( 1 \)\. Modify the function to create a new version\." \(RequestToken: \S+, HandlerErrorCode: AlreadyExists\)$/,
    );
  }
  expect(await stack.ask("lambda", "GetFunction", { FunctionName: "f", Qualifier: "1" })).toBeDefined();
  await stack.deploy({ Resources: { F: functionOf({ Timeout: 7 }), W: V("two") } });
  expect(stack.physicalId("W")).toBe(`${ARN}:2`);
});

test("an alias that is there already is told of as such", async () => {
  await using stack = aStack();
  const Properties = { FunctionName: { Ref: "F" }, Name: "live", FunctionVersion: "$LATEST" };
  const A = { Type: "AWS::Lambda::Alias", Properties };
  await stack.deploy({ Resources: { F: functionOf(), A } });
  await stack.deploy({ Resources: { F: functionOf(), A, B: A } });
  const failed = stack.events.find(({ status }) => status === "CREATE_FAILED");
  expect(failed?.reason).toMatch(/Alias already exists: .* HandlerErrorCode: AlreadyExists\)$/);
});

test("a mapping of a queue is made, changed in place and taken away", async () => {
  await using stack = aStack();
  const template = (mapping: object) => ({
    Resources: {
      Q: { Type: "AWS::SQS::Queue", Properties: { QueueName: "q" } },
      F: functionOf(),
      M: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: { FunctionName: { Ref: "F" }, EventSourceArn: { "Fn::GetAtt": ["Q", "Arn"] }, ...mapping },
      },
    },
  });
  await stack.deploy(
    template({
      BatchSize: "5",
      Enabled: "false",
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 2 },
    }),
  );
  const UUID = stack.physicalId("M");
  const get = () => stack.ask("lambda", "GetEventSourceMapping", { UUID });
  expect(await get()).toMatchObject({ BatchSize: 5, State: "Disabled", ScalingConfig: { MaximumConcurrency: 2 } });
  await stack.deploy(template({ BatchSize: 5, FilterCriteria: { Filters: [{ Pattern: '{"body":["a"]}' }] } }));
  expect(stack.physicalId("M")).toBe(UUID);
  const changed = await get();
  expect(changed).toMatchObject({ State: "Enabled", FunctionResponseTypes: [], FilterCriteria: expect.anything() });
  expect(changed).not.toHaveProperty("ScalingConfig");
  await stack.deploy({ Resources: { F: functionOf() } });
  await expect(get()).rejects.toThrow("The resource you requested does not exist.");
});

test("what SAM makes of a function and its events is there", async () => {
  await using stack = aStack();
  await stack.deploy({
    Transform: "AWS::Serverless-2016-10-31",
    Resources: {
      Q: { Type: "AWS::SQS::Queue" },
      T: { Type: "AWS::SNS::Topic" },
      S: { Type: "AWS::Kinesis::Stream", Properties: { ShardCount: 1 } },
      F: {
        Type: "AWS::Serverless::Function",
        Properties: {
          InlineCode: CODE,
          Runtime: "nodejs22.x",
          Handler: "index.handler",
          Events: {
            Queue: { Type: "SQS", Properties: { Queue: { "Fn::GetAtt": ["Q", "Arn"] } } },
            Topic: { Type: "SNS", Properties: { Topic: { Ref: "T" } } },
            Stream: {
              Type: "Kinesis",
              Properties: { Stream: { "Fn::GetAtt": ["S", "Arn"] }, StartingPosition: "LATEST" },
            },
          },
        },
      },
    },
  });
  const { EventSourceMappings } = await stack.ask<{ EventSourceMappings: object[] }>(
    "lambda",
    "ListEventSourceMappings",
  );
  expect(EventSourceMappings).toHaveLength(2);
  const { Subscriptions } = await stack.ask<{ Subscriptions: object[] }>("sns", "ListSubscriptions");
  expect(Subscriptions).toEqual([expect.objectContaining({ Protocol: "lambda" })]);
});

test("when its runtime is updated is set of a function, and unset", async () => {
  await using stack = aStack();
  const updates = () => stack.ask("lambda", "GetRuntimeManagementConfig", { FunctionName: "f" });
  const RuntimeManagementConfig = { UpdateRuntimeOn: "FunctionUpdate" };
  await stack.deploy({ Resources: { F: functionOf({ RuntimeManagementConfig }) } });
  expect(await updates()).toMatchObject({ UpdateRuntimeOn: "FunctionUpdate" });
  await stack.deploy({ Resources: { F: functionOf({}) } });
  expect(await updates()).toMatchObject({ UpdateRuntimeOn: "Auto" });
});
