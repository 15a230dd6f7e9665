import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { scopeOf } from "../../../src/kernel/scope.ts";
import {
  ACCOUNT,
  aFunction,
  aLambda,
  arnOf,
  CODE,
  clause,
  invalid,
  noFunction,
  notFound,
  OTHER_CODE,
  REGION,
  ROLE,
  violation,
} from "../../support/lambda.ts";

// Lambda reference 3.2 to 3.4

const NAME_65 = "n".repeat(65);
const SHA = createHash("sha256").update(CODE).digest("base64");
const STALE =
  "412 PreconditionFailedException: The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id";

test("a function is pending in the answer that makes it, and active ever after", async () => {
  const { create, call } = aLambda();
  const created = await create();
  expect(created).toEqual({
    Architectures: ["x86_64"],
    CodeSha256: SHA,
    CodeSize: CODE.length,
    Description: "",
    EphemeralStorage: { Size: 512 },
    FunctionArn: arnOf("f"),
    FunctionName: "f",
    Handler: "index.handler",
    LastModified: "2026-01-02T03:04:05.678+0000",
    LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/f" },
    MemorySize: 128,
    PackageType: "Zip",
    RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    Role: ROLE,
    Runtime: "nodejs22.x",
    RuntimeVersionConfig: {
      RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/),
    },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    State: "Pending",
    StateReason: "The function is being created.",
    StateReasonCode: "Creating",
    Timeout: 3,
    TracingConfig: { Mode: "PassThrough" },
    Version: "$LATEST",
  });
  const { StateReason: _reason, StateReasonCode: _code, ...rest } = created;
  const { Configuration, Code, ...others } = await call("GetFunction", { FunctionName: "f" });
  const settled = { ...rest, State: "Active", LastUpdateStatus: "Successful", RevisionId: Configuration.RevisionId };
  expect(Configuration).toEqual(settled);
  expect(Configuration.RevisionId).not.toBe(created.RevisionId);
  expect(Code).toMatchObject({ RepositoryType: "S3" });
  expect(others).toEqual({});
  expect(await call("GetFunctionConfiguration", { FunctionName: "f" })).toEqual(Configuration);
});

test("an update is in progress in its answer, and done ever after; each has a revision of its own", async () => {
  const { create, call, failure } = aLambda();
  await create();
  const revision = async () => (await call("GetFunctionConfiguration", { FunctionName: "f" })).RevisionId;
  const active = await revision();
  const update = { FunctionName: "f", Timeout: 900, RevisionId: active };
  const updated = await call("UpdateFunctionConfiguration", update);
  expect(updated).toMatchObject({
    Timeout: 900,
    State: "Active",
    LastUpdateStatus: "InProgress",
    LastUpdateStatusReason: "The function is being created.",
    LastUpdateStatusReasonCode: "Creating",
  });
  const settled = await revision();
  expect(new Set([active, updated.RevisionId, settled]).size).toBe(3);
  expect(await failure("UpdateFunctionConfiguration", update)).toBe(STALE);
  expect(await failure("UpdateFunctionCode", { FunctionName: "f", ZipFile: CODE, RevisionId: active })).toBe(STALE);
  expect(await failure("PublishVersion", { FunctionName: "f", RevisionId: active })).toBe(STALE);
  await call("UpdateFunctionConfiguration", { FunctionName: "f" });
  expect(await revision()).not.toBe(settled);
});

test("everything that is given is shown, and an empty value takes it away", async () => {
  const { create, call } = aLambda();
  const given = {
    Description: "d",
    Timeout: 10,
    MemorySize: 10_240,
    Environment: { Variables: { AA: "1", AWS_ENDPOINT_URL: "http://x" } },
    DeadLetterConfig: { TargetArn: "arn:aws:sqs:us-east-1:000000000000:dead" },
    KMSKeyArn: "arn:aws:kms:us-east-1:000000000000:key/k",
    TracingConfig: { Mode: "Active" },
    FileSystemConfigs: [{ Arn: "arn:aws:elasticfilesystem:x", LocalMountPath: "/mnt/a" }],
    EphemeralStorage: { Size: 1024 },
    Architectures: ["arm64"],
  };
  const FileSystemConfigs = [
    {
      Arn: "arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0",
      LocalMountPath: "/mnt/a",
    },
  ];
  const layer = `arn:aws:lambda:us-east-1:${ACCOUNT}:layer:l:1`;
  const network = { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"], Ipv6AllowedForDualStack: false };
  await create("f", {
    ...given,
    FileSystemConfigs,
    Layers: [layer],
    VpcConfig: network,
    ...{ Runtime: "python3.13", SnapStart: { ApplyOn: "PublishedVersions" } },
    LoggingConfig: { LogFormat: "JSON", LogGroup: "g" },
  });
  const shown = await call("GetFunctionConfiguration", { FunctionName: "f" });
  expect(shown).toMatchObject({
    ...given,
    FileSystemConfigs,
    Layers: [{ Arn: layer, CodeSize: 0 }],
    VpcConfig: { ...network, VpcId: expect.stringMatching(/^vpc-[0-9a-f]{17}$/) },
    SnapStart: { ApplyOn: "PublishedVersions", OptimizationStatus: "Off" },
    LoggingConfig: { LogFormat: "JSON", LogGroup: "g", ApplicationLogLevel: "INFO", SystemLogLevel: "INFO" },
  });
  await call("UpdateFunctionConfiguration", {
    FunctionName: "f",
    Environment: {},
    DeadLetterConfig: { TargetArn: "" },
    KMSKeyArn: "",
    FileSystemConfigs: [],
    Layers: [],
    Description: "",
  });
  const left = await call("GetFunctionConfiguration", { FunctionName: "f" });
  const { DeadLetterConfig: _1, KMSKeyArn: _2, FileSystemConfigs: _3, Layers: _4, ...kept } = shown;
  expect(left).toEqual({ ...kept, Description: "", Environment: { Variables: {} }, RevisionId: left.RevisionId });
});

test("an image is a function without runtime and handler", async () => {
  const { call, create } = aLambda();
  const ImageUri = "000000000000.dkr.ecr.us-east-1.amazonaws.com/app:1";
  const created = await create("f", {
    ...{ Runtime: undefined, Handler: undefined, Code: { ImageUri }, PackageType: "Image" },
    ImageConfig: { Command: ["app.handler"] },
  });
  expect(created).toMatchObject({ PackageType: "Image", CodeSize: 0, CodeSha256: expect.stringMatching(/^\w{64}$/) });
  expect(created.ImageConfigResponse).toEqual({ ImageConfig: { Command: ["app.handler"] } });
  expect(Object.keys(created)).not.toContain("RuntimeVersionConfig");
  expect((await call("GetFunction", { FunctionName: "f" })).Code).toMatchObject({ RepositoryType: "ECR", ImageUri });
});

test("with Publish the first version is made, and named in the answer without its qualifier", async () => {
  const { create, call } = aLambda();
  expect(await create("f", { Publish: true })).toMatchObject({
    Version: "1",
    FunctionArn: arnOf("f"),
    State: "Pending",
  });
  const update = { FunctionName: "f", ZipFile: OTHER_CODE, Publish: true };
  expect(await call("UpdateFunctionCode", update)).toMatchObject({ Version: "2", LastUpdateStatus: "InProgress" });
  expect(await call("GetFunctionConfiguration", { FunctionName: "f:2" })).toMatchObject({ FunctionArn: arnOf("f:2") });
});

test("code may come from a bucket, or lie in a directory", async () => {
  const { create, objects, directory } = aLambda();
  objects.set("bucket/code.zip", CODE);
  expect(await create("f", { Code: { S3Bucket: "bucket", S3Key: "code.zip" } })).toMatchObject({ CodeSha256: SHA });
  await create("g", { Code: { S3Bucket: "hot-reload", S3Key: "/code" } });
  const functions = directory.in({ partition: "aws", region: REGION, account: ACCOUNT });
  expect(functions.resolve("g").version.code).toMatchObject({ kind: "directory", path: "/code", bytes: 0 });
});

test("code is kept for as long as a version has it", async () => {
  const { create, call, code, directory } = aLambda();
  await create("f", { Publish: true });
  const scope = scopeOf(ACCOUNT, REGION);
  const functions = directory.in(scope);
  const first = functions.resolve("f", "1").version.code as { readonly key: string };
  await call("UpdateFunctionCode", { FunctionName: "f", ZipFile: OTHER_CODE });
  expect(code.get({ scope, key: first.key })).toEqual(CODE);
  expect(functions.codeBytes).toBe(CODE.length + OTHER_CODE.length);
  await call("DeleteFunction", { FunctionName: "f:1" });
  expect(code.get({ scope, key: first.key })).toBeUndefined();
  const second = functions.resolve("f").version.code as { readonly key: string };
  directory.reset(ACCOUNT);
  expect(code.get({ scope, key: second.key })).toBeUndefined();
});

test("code that another account gives by the ARN is kept as well", async () => {
  const { create, call, code, directory } = aLambda();
  await create();
  const update = { FunctionName: arnOf("f"), ZipFile: OTHER_CODE };
  await call("UpdateFunctionCode", update, { account: "111111111111" });
  const scope = scopeOf(ACCOUNT, REGION);
  const functions = directory.in(scope);
  const { key } = functions.resolve("f").version.code as { readonly key: string };
  expect(code.get({ scope, key })).toEqual(OTHER_CODE);
});

test("an image takes no place of a zip file, nor a zip file that of an image", async () => {
  const { create, failure } = aLambda();
  const image = { ImageUri: "000000000000.dkr.ecr.us-east-1.amazonaws.com/app:1" };
  const other = { Runtime: undefined, Handler: undefined, PackageType: "Image" };
  const wrong = invalid("Please don't provide ImageUri when updating a function with packageType Zip.");
  const missing = invalid("Please provide ImageUri when updating a function with packageType Image.");
  const none = invalid("Please provide a source for function code.");
  await create("f");
  await create("g", { ...other, Code: image });
  expect(await failure("UpdateFunctionCode", { FunctionName: "f", ...image })).toBe(wrong);
  expect(await failure("UpdateFunctionCode", { FunctionName: "g", ZipFile: CODE })).toBe(missing);
  expect(await failure("CreateFunction", { FunctionName: "h", ...aFunction, Code: image })).toBe(none);
  expect(await failure("CreateFunction", { FunctionName: "h", ...aFunction, ...other })).toBe(
    invalid("ImageUri is required."),
  );
});

test("a dry run changes no code", async () => {
  const { create, call } = aLambda();
  await create();
  await call("UpdateFunctionCode", { FunctionName: "f", ZipFile: OTHER_CODE, DryRun: true });
  expect((await call("GetFunction", { FunctionName: "f" })).Configuration.CodeSha256).toBe(SHA);
});

describe("a function that is not there", () => {
  test.for<[operation: string, input: object, error: string]>([
    ["GetFunction", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["GetFunctionConfiguration", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["GetFunctionConcurrency", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["DeleteFunction", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["DeleteFunction", { FunctionName: "f", Qualifier: "7" }, noFunction(arnOf("f"))],
    ["GetFunction", { FunctionName: "f", Qualifier: "live" }, noFunction(arnOf("f:live"))],
    ["GetFunction", { FunctionName: "f:$LATEST" }, noFunction(arnOf("f:$LATEST"))],
    ["GetFunction", { FunctionName: NAME_65 }, noFunction(arnOf(NAME_65))],
    ["GetFunction", { FunctionName: "arn:aws:lambda:us-east-1:000000000000:function" }, noFunction(arnOf("function"))],
    ["GetFunction", { FunctionName: "111111111111:function:f" }, noFunction(arnOf("f", "111111111111"))],
    ["PutFunctionConcurrency", { FunctionName: "f", ReservedConcurrentExecutions: -0 }, noFunction(arnOf("f:$LATEST"))],
    ["UpdateFunctionConfiguration", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["UpdateFunctionCode", { FunctionName: "f", ZipFile: new Uint8Array() }, noFunction(arnOf("f"))],
    ["PublishVersion", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["GetFunctionCodeSigningConfig", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["GetRuntimeManagementConfig", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["GetFunctionRecursionConfig", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["ListVersionsByFunction", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["ListAliases", { FunctionName: "f" }, noFunction(arnOf("f"))],
    ["GetPolicy", { FunctionName: "f" }, notFound("The resource you requested does not exist.")],
    ["ListTags", { Resource: arnOf("f") }, noFunction(arnOf("f"))],
  ])("is not found by %s %o", async ([operation, input, error]) => {
    expect(await aLambda().failure(operation, input)).toBe(error);
  });
});

test("two qualifiers have to be one, before the function is looked for", async () => {
  const { create, call, failure } = aLambda();
  const text = "The derived qualifier from the function name does not match the specified qualifier.";
  expect(await failure("GetFunction", { FunctionName: "f:1", Qualifier: "2" })).toBe(invalid(text));
  await create("f", { Publish: true });
  const same = { FunctionName: arnOf("f:1"), Qualifier: "1" };
  expect((await call("GetFunction", same)).Configuration.Version).toBe("1");
});

test("the qualifier is complained about before the name", async () => {
  const text = await aLambda().failure("GetFunction", { FunctionName: "!", Qualifier: "?" });
  expect(text).toMatch(
    /^400 ValidationException: 2 validation errors detected: Value '\?' at 'qualifier' .*; Value '!' at 'functionName' /,
  );
});

test("names are told apart by case, and $latest is an alias like any other", async () => {
  const { create, failure } = aLambda();
  await create("f");
  expect(await failure("GetFunction", { FunctionName: "F" })).toBe(noFunction(arnOf("F")));
  expect(await failure("GetFunction", { FunctionName: "f", Qualifier: "$latest" })).toBe(
    noFunction(arnOf("f:$latest")),
  );
});

test("a version that is not there is deleted as often as one likes, $LATEST and aliases never", async () => {
  const { create, call, failure } = aLambda();
  const remove = (Qualifier: string) => ({ FunctionName: "f", Qualifier });
  const latest = invalid("$LATEST version cannot be deleted without deleting the function.");
  expect(await failure("DeleteFunction", remove("$LATEST"))).toBe(latest);
  expect(await failure("DeleteFunction", remove("live"))).toBe(
    invalid("Deletion of aliases is not currently supported."),
  );
  await create();
  expect(await call("DeleteFunction", remove("7"))).toEqual({});
  expect(await call("DeleteFunction", remove("7"))).toEqual({});
});

test("functions are listed by name, page by page, without their states", async () => {
  const { create, call } = aLambda();
  for (const name of ["b", "a", "c"]) await create(name, { Publish: name === "a" });
  const names = ({ Functions }: { Functions: readonly { FunctionArn: string }[] }) =>
    Functions.map(({ FunctionArn }) => FunctionArn.slice(arnOf("").length));
  const first = await call("ListFunctions", { MaxItems: 2 });
  expect(names(first)).toEqual(["a", "b"]);
  expect(first.Functions[0].State ?? first.Functions[0].LastUpdateStatus).toBeUndefined();
  expect(first.Functions[0].RuntimeVersionConfig).toBeUndefined();
  expect(names(await call("ListFunctions", { MaxItems: 2, Marker: first.NextMarker }))).toEqual(["c"]);
  const all: string[] = [];
  for (let Marker: string | undefined, more = true; more; more = Marker !== undefined) {
    const page = await call("ListFunctions", { FunctionVersion: "ALL", MaxItems: 1, ...(Marker && { Marker }) });
    all.push(...names(page));
    Marker = page.NextMarker;
  }
  expect(all).toEqual(["a:$LATEST", "a:1", "b:$LATEST", "c:$LATEST"]);
});

test("a page holds 50 at most", async () => {
  const { create, call } = aLambda();
  for (let at = 0; at < 51; at++) await create(`f${at}`);
  expect((await call("ListFunctions", { MaxItems: 10_000 })).Functions).toHaveLength(50);
});

test.for<[input: object, error: string]>([
  [{ FunctionVersion: "1" }, violation(clause("1", "functionVersion", "Member must satisfy enum value set: [ALL]"))],
  [{ Marker: "?" }, invalid("Invalid Marker")],
])("ListFunctions refuses %o", async ([input, error]) => {
  expect(await aLambda().failure("ListFunctions", input)).toBe(error);
});

test("accounts and regions have functions of their own, and a reset of one forgets them", async () => {
  const { create, call, failure, directory } = aLambda();
  await create("f");
  await create("f", {}, { account: "111111111111" });
  await create("f", {}, { region: "eu-west-1" });
  directory.reset(ACCOUNT);
  expect(await failure("GetFunction", { FunctionName: "f" })).toBe(noFunction(arnOf("f")));
  expect((await call("ListFunctions", {}, { region: "eu-west-1" })).Functions).toEqual([]);
  expect((await call("ListFunctions", {}, { account: "111111111111" })).Functions).toHaveLength(1);
});
