import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aLambda,
  arnOf,
  clause,
  conflict,
  f,
  invalid,
  noFunction,
  notFound,
  OTHER_CODE,
  STALE,
  violation,
  withFunction,
} from "../../support/lambda.ts";

// Lambda reference 3.5 to 3.8 and 5.2

describe("versions", () => {
  test("are numbered from 1, each frozen, and none made where nothing has changed", async () => {
    const { call } = await withFunction();
    const revision = async () => (await call("GetFunctionConfiguration", f)).RevisionId;
    const before = await revision();
    const first = await call("PublishVersion", { ...f, Description: "one" });
    const { FunctionArn, ...facts } = { Version: "1", Description: "one", State: "Active", FunctionArn: arnOf("f:1") };
    expect(first).toMatchObject({ ...facts, LastUpdateStatus: "Successful" });
    expect(first.FunctionArn).toBe(FunctionArn);
    expect(await revision()).not.toBe(before);
    expect(await call("PublishVersion", { ...f, Description: "two" })).toEqual(first);
    await call("UpdateFunctionConfiguration", { ...f, Timeout: 7 });
    expect(await call("PublishVersion", f)).toMatchObject({ Version: "2", Timeout: 7 });
    expect(await call("GetFunctionConfiguration", { FunctionName: "f:1" })).toEqual(first);
    await call("DeleteFunction", { FunctionName: "f:2" });
    expect(await call("PublishVersion", f)).toMatchObject({ Version: "3" });
  });

  test("are listed after $LATEST, by number, without their states", async () => {
    const { call } = await withFunction();
    for (let Timeout = 1; Timeout <= 11; Timeout++) {
      await call("UpdateFunctionConfiguration", { ...f, Timeout });
      await call("PublishVersion", f);
    }
    const first = await call("ListVersionsByFunction", { ...f, MaxItems: 3 });
    expect(first.Versions.map((version: { FunctionArn: string }) => version.FunctionArn)).toEqual(
      ["f:$LATEST", "f:1", "f:2"].map((name) => arnOf(name)),
    );
    expect(Object.keys(first.Versions[0])).not.toContain("State");
    const rest = await call("ListVersionsByFunction", { ...f, Marker: first.NextMarker });
    const numbers = rest.Versions.map(({ Version }: { Version: string }) => Version);
    expect(numbers).toEqual(["3", "4", "5", "6", "7", "8", "9", "10", "11"]);
  });

  test("are made of the code that is meant", async () => {
    const { call, failure } = await withFunction();
    const { CodeSha256 } = await call("GetFunctionConfiguration", f);
    expect(await failure("PublishVersion", { ...f, CodeSha256: "x" })).toBe(
      invalid(
        `CodeSHA256 (x) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
      ),
    );
    expect(await call("PublishVersion", { ...f, CodeSha256 })).toMatchObject({ Version: "1" });
  });

  test("to which an alias leads are not deleted", async () => {
    const { call, failure } = await withFunction();
    await call("PublishVersion", f);
    await call("CreateAlias", { ...f, Name: "live", FunctionVersion: "1" });
    await call("CreateAlias", { ...f, Name: "beta", FunctionVersion: "1" });
    expect(await failure("DeleteFunction", { ...f, Qualifier: "1" })).toBe(
      conflict("Unable to delete version because the following aliases reference it: [live, beta]"),
    );
  });
});

describe("aliases", () => {
  async function withVersions() {
    const lambda = await withFunction();
    await lambda.call("PublishVersion", f);
    await lambda.call("UpdateFunctionCode", { ...f, ZipFile: OTHER_CODE });
    await lambda.call("PublishVersion", f);
    return lambda;
  }
  const create = { ...f, Name: "live", FunctionVersion: "1" };
  const weights = (given: object) => ({ RoutingConfig: { AdditionalVersionWeights: given } });

  test("are shown, listed, changed and deleted, and lead to their version", async () => {
    const { call, failure } = await withVersions();
    const { RevisionId: revision } = await call("GetFunctionConfiguration", f);
    const created = await call("CreateAlias", { ...create, ...weights({}) });
    const facts = { AliasArn: arnOf("f:live"), Name: "live", FunctionVersion: "1", Description: "" };
    expect(created).toEqual({ ...facts, RevisionId: expect.any(String) });
    expect((await call("GetFunctionConfiguration", f)).RevisionId).toBe(revision);
    expect(await call("GetAlias", { ...f, Name: "live" })).toEqual(created);
    expect((await call("GetFunction", { FunctionName: "f:live" })).Configuration).toMatchObject({
      Version: "1",
      FunctionArn: arnOf("f:live"),
    });
    const routed = { ...f, Name: "live", ...weights({ 2: 0.25 }), RevisionId: created.RevisionId };
    const updated = await call("UpdateAlias", routed);
    expect(updated).toMatchObject({ FunctionVersion: "1", ...weights({ 2: 0.25 }) });
    expect(updated.RevisionId).not.toBe(created.RevisionId);
    expect(await failure("UpdateAlias", routed)).toBe(
      `${STALE} GetFunction/GetAlias API to retrieve the latest Revision Id`,
    );
    expect(await call("UpdateAlias", { ...f, Name: "live", RoutingConfig: {} })).not.toHaveProperty("RoutingConfig");
    await call("CreateAlias", { ...f, Name: "a", FunctionVersion: "2" });
    const names = async (more: object) =>
      (await call("ListAliases", { ...f, ...more })).Aliases.map(({ Name }: { Name: string }) => Name);
    expect(await names({})).toEqual(["a", "live"]);
    expect(await names({ FunctionVersion: "2" })).toEqual(["a"]);
    await call("DeleteAlias", { ...f, Name: "live" });
    await call("DeleteAlias", { ...f, Name: "live" });
    expect(await failure("GetAlias", { ...f, Name: "live" })).toBe(
      notFound(`Cannot find alias arn: ${arnOf("f:live")}`),
    );
  });

  test.for<[what: string, change: object, error: string]>([
    ["a version that is not there", { FunctionVersion: "9" }, noFunction(arnOf("f:9"))],
    ["a function that is not there", { FunctionName: "g" }, noFunction(arnOf("g:1"))],
    [
      "two weights",
      weights({ 1: 0.1, 2: 0.1 }),
      invalid("Number of items in AdditionalVersionWeights cannot be greater than 1"),
    ],
    [
      "a weight for the version itself",
      weights({ 1: 0.1 }),
      invalid("Invalid function version 1. Function version 1 is already included in routing configuration."),
    ],
    [
      "a weight beside $LATEST",
      { FunctionVersion: "$LATEST", ...weights({ 1: 0.1 }) },
      invalid("$LATEST is not supported for an alias pointing to more than 1 version"),
    ],
    [
      "a weight of more than everything",
      weights({ 2: 1.5 }),
      violation(
        clause(
          "{2=1.5}",
          "routingConfig.additionalVersionWeights",
          "Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
        ),
      ),
    ],
    [
      "a number for a name",
      { Name: "7" },
      violation(clause("7", "name", "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)")),
    ],
  ])("are not made of %s", async ([, change, error]) => {
    const { failure } = await withVersions();
    expect(await failure("CreateAlias", { ...create, ...change })).toBe(error);
  });

  test("are unique in a function", async () => {
    const { call, failure } = await withVersions();
    await call("CreateAlias", create);
    expect(await failure("CreateAlias", create)).toBe(conflict(`Alias already exists: ${arnOf("f:live")}`));
  });
});

describe("what asynchronous invocations come to", () => {
  const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:q`;
  const both = { OnSuccess: {}, OnFailure: {} };
  const to = (Destination: string) => ({ DestinationConfig: { OnSuccess: { Destination } } });
  const missing = (q: string) => notFound(`The function ${arnOf(`f:${q}`)} doesn't have an EventInvokeConfig`);

  test("is put as a whole, changed in parts and deleted", async () => {
    const { call, failure, clock } = await withFunction();
    const put = await call("PutFunctionEventInvokeConfig", { ...f, MaximumRetryAttempts: 1, ...to(QUEUE) });
    expect(put).toEqual({
      LastModified: clock.now(),
      FunctionArn: arnOf("f:$LATEST"),
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnSuccess: { Destination: QUEUE }, OnFailure: {} },
    });
    const more = { ...f, MaximumEventAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: QUEUE } } };
    expect(await call("UpdateFunctionEventInvokeConfig", more)).toMatchObject({
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnSuccess: { Destination: QUEUE }, OnFailure: { Destination: QUEUE } },
    });
    const cleared = await call("UpdateFunctionEventInvokeConfig", { ...f, DestinationConfig: both });
    expect(cleared.DestinationConfig).toEqual(both);
    expect(await call("GetFunctionEventInvokeConfig", f)).toEqual(cleared);
    const alone = await call("PutFunctionEventInvokeConfig", { ...f, MaximumRetryAttempts: 0 });
    expect(alone).not.toHaveProperty("MaximumEventAgeInSeconds");
    await call("DeleteFunctionEventInvokeConfig", f);
    expect(await failure("DeleteFunctionEventInvokeConfig", f)).toBe(missing("$LATEST"));
    expect(await failure("GetFunctionEventInvokeConfig", { ...f, Qualifier: "1" })).toBe(missing("1"));
    expect(await failure("UpdateFunctionEventInvokeConfig", { ...f, MaximumRetryAttempts: 0 })).toBe(
      missing("$LATEST"),
    );
  });

  test("is listed by qualifier", async () => {
    const { call } = await withFunction();
    await call("PublishVersion", f);
    await call("CreateAlias", { ...f, Name: "live", FunctionVersion: "1" });
    for (const Qualifier of ["live", "1", "$LATEST"]) {
      await call("PutFunctionEventInvokeConfig", { ...f, Qualifier, MaximumRetryAttempts: 0 });
    }
    const first = await call("ListFunctionEventInvokeConfigs", { ...f, MaxItems: 2 });
    const arns = (page: { FunctionEventInvokeConfigs: readonly { FunctionArn: string }[] }) =>
      page.FunctionEventInvokeConfigs.map(({ FunctionArn }) => FunctionArn);
    expect(arns(first)).toEqual([arnOf("f:$LATEST"), arnOf("f:1")]);
    const rest = await call("ListFunctionEventInvokeConfigs", { ...f, Marker: first.NextMarker });
    expect(arns(rest)).toEqual([arnOf("f:live")]);
  });

  test.for<[what: string, change: object, error: string]>([
    [
      "nothing, of a function that is not there",
      { FunctionName: "g" },
      invalid("You must specify at least one of error handling or destination setting."),
    ],
    [
      "a function that is not there",
      { FunctionName: "g", ...to("arn:aws:x:::y") },
      notFound("The function doesn't exist."),
    ],
    ["an alias that is not there", { Qualifier: "a", ...to(QUEUE) }, notFound("The function doesn't exist.")],
    [
      "a service that takes nothing",
      to("arn:aws:ec2:us-east-1:000000000000:x"),
      invalid(
        "The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=arn:aws:ec2:us-east-1:000000000000:x), onFailure=null) is invalid.",
      ),
    ],
    ["a function that is no destination", to(arnOf("h")), invalid(`The destination ARN ${arnOf("h")} is invalid.`)],
    ["itself", to(arnOf("f")), invalid("You can't specify the function as a destination for itself.")],
    [
      "success, where it is a bucket",
      to("arn:aws:s3:::done"),
      invalid(
        "The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=arn:aws:s3:::done), onFailure=null) is invalid.",
      ),
    ],
    ...[
      `${QUEUE}.fifo`,
      QUEUE.replace("us-east-1", "us-west-2"),
      "arn:aws:kinesis:us-east-1:000000000000:stream/s",
    ].map((destination): [string, object, string] => [
      destination,
      to(destination),
      invalid(
        `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${destination}), onFailure=null) is invalid.`,
      ),
    ]),
    [
      "a FIFO topic",
      to("arn:aws:sns:us-east-1:000000000000:t.fifo"),
      invalid("FIFO-type Amazon SNS topics aren't supported as a destination."),
    ],
  ])("is not set for %s", async ([, change, error]) => {
    const { failure } = await withFunction();
    expect(await failure("PutFunctionEventInvokeConfig", { ...f, ...change })).toBe(error);
  });

  test("goes to no text that is no ARN", async () => {
    const { failure } = await withFunction();
    expect(await failure("PutFunctionEventInvokeConfig", { ...f, ...to("queue") })).toMatch(
      /^400 ValidationException: .* at 'destinationConfig.onSuccess.destination' failed .*kafka:\/\//,
    );
  });
});

describe("tags", () => {
  const Resource = arnOf("f");

  test("are added, listed and removed, each time with another revision", async () => {
    const { call } = await withFunction();
    const revision = async () => (await call("GetFunctionConfiguration", f)).RevisionId;
    expect(await call("ListTags", { Resource })).toEqual({ Tags: {} });
    const before = await revision();
    await call("TagResource", { Resource, Tags: { a: "1", b: "2" } });
    expect(await revision()).not.toBe(before);
    await call("UntagResource", { Resource, TagKeys: ["a", "x"] });
    expect(await call("ListTags", { Resource })).toEqual({ Tags: { b: "2" } });
    expect((await call("GetFunction", f)).Tags).toEqual({ b: "2" });
  });

  test.for<[what: string, operation: string, input: object, error: string]>([
    [
      "a version",
      "ListTags",
      { Resource: `${Resource}:1` },
      invalid("Tags on function aliases and versions are not supported. Please specify a function ARN."),
    ],
    [
      "a mapping that is not there",
      "ListTags",
      { Resource: `arn:aws:lambda:us-east-1:${ACCOUNT}:event-source-mapping:00000000-0000-4000-8000-000000000000` },
      notFound(
        `Event source mapping not found: arn:aws:lambda:us-east-1:${ACCOUNT}:event-source-mapping:00000000-0000-4000-8000-000000000000`,
      ),
    ],
    [
      "more than 50",
      "TagResource",
      { Resource, Tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, ""])) },
      invalid("Number of tags exceeds resource tag limit."),
    ],
  ])("are refused for %s", async ([, operation, input, error]) => {
    expect(await (await withFunction()).failure(operation, input)).toBe(error);
  });

  test("belong to functions and a few other things", async () => {
    const text = await aLambda().failure("ListTags", { Resource: "arn:aws:sqs:us-east-1:000000000000:q" });
    expect(text).toMatch(
      /^400 ValidationException: .* at 'resource' failed to satisfy constraint: Member must satisfy/,
    );
  });
});

test("what tools read back is there", async () => {
  const { call, create } = await withFunction();
  const signing = `arn:aws:lambda:us-east-1:${ACCOUNT}:code-signing-config:csc-0123456789abcdefg`;
  await create("g", { CodeSigningConfigArn: signing });
  expect(await call("GetFunctionCodeSigningConfig", f)).toEqual({ FunctionName: "f" });
  expect(await call("GetFunctionCodeSigningConfig", { FunctionName: "g" })).toEqual({
    FunctionName: "g",
    CodeSigningConfigArn: signing,
  });
  expect(await call("GetRuntimeManagementConfig", f)).toEqual({ UpdateRuntimeOn: "Auto", FunctionArn: arnOf("f") });
  expect(await call("GetFunctionRecursionConfig", f)).toEqual({ RecursiveLoop: "Terminate" });
  expect(await call("PutFunctionRecursionConfig", { ...f, RecursiveLoop: "Allow" })).toEqual({
    RecursiveLoop: "Allow",
  });
  expect(await call("GetFunctionRecursionConfig", f)).toEqual({ RecursiveLoop: "Allow" });
  expect(await call("GetAccountSettings")).toMatchObject({
    AccountLimit: { TotalCodeSize: 80530636800, CodeSizeUnzipped: 262144000, CodeSizeZipped: 52428800 },
    AccountUsage: { FunctionCount: 2 },
  });
});

test("when the runtime is updated is said of each version", async () => {
  const { call, failure } = await withFunction();
  await call("PublishVersion", f);
  const RuntimeVersionArn = "arn:aws:lambda:us-east-1::runtime:0123456789abcdef";
  expect(await call("GetRuntimeManagementConfig", f)).toEqual({ UpdateRuntimeOn: "Auto", FunctionArn: arnOf("f") });
  const manual = { UpdateRuntimeOn: "Manual", RuntimeVersionArn, FunctionArn: arnOf("f:1") };
  const first = { ...f, Qualifier: "1" };
  expect(await call("PutRuntimeManagementConfig", { ...first, UpdateRuntimeOn: "Manual", RuntimeVersionArn })).toEqual(
    manual,
  );
  expect(await call("GetRuntimeManagementConfig", first)).toEqual(manual);
  expect(await call("PutRuntimeManagementConfig", { ...f, UpdateRuntimeOn: "FunctionUpdate" })).toEqual({
    ...{ UpdateRuntimeOn: "FunctionUpdate", FunctionArn: arnOf("f") },
  });
  expect(await call("GetRuntimeManagementConfig", f)).toMatchObject({ UpdateRuntimeOn: "FunctionUpdate" });
  expect(await failure("PutRuntimeManagementConfig", { ...f, UpdateRuntimeOn: "Manual" })).toContain(
    "Missing runtime version ARN.",
  );
  expect(await failure("PutRuntimeManagementConfig", { ...f, UpdateRuntimeOn: "Auto", RuntimeVersionArn })).toContain(
    "Unexpected runtime version ARN when UpdateRuntimeVersionOn=Auto.",
  );
  await call("DeleteFunction", first);
  expect(await failure("GetRuntimeManagementConfig", first)).toContain("404");
});
