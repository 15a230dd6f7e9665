import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  InvokeAsyncCommand,
  LambdaServiceException,
  ListFunctionsCommand,
  ListTagsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";
import { ACCOUNT, arnOf, CODE, f, OTHER_CODE, ROLE } from "../support/lambda.ts";
import { aLambdaServer, lambdaClient } from "../support/lambda-server.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await aLambdaServer();
});
afterAll(() => emulator.close());
beforeEach(() => emulator.reset());

const facts = { Role: ROLE, Runtime: "nodejs22.x", Handler: "index.handler" } as const;
const create = (more: object = {}) => new CreateFunctionCommand({ ...f, ...facts, Code: { ZipFile: CODE }, ...more });
const within = { maxWaitTime: 5 };

test("the SDK makes a function, waits for it, changes it, publishes it and deletes it", async () => {
  const client = lambdaClient(emulator);
  expect(await client.send(create({ Tags: { a: "1" } }))).toMatchObject({ State: "Pending", CodeSize: CODE.length });
  await waitUntilFunctionActiveV2({ client, ...within }, f);
  await client.send(new UpdateFunctionCodeCommand({ ...f, ZipFile: OTHER_CODE }));
  await waitUntilFunctionUpdatedV2({ client, ...within }, f);
  const { Version } = await client.send(new PublishVersionCommand(f));
  expect(Version).toBe("1");
  const weights = { RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } };
  await client.send(new UpdateFunctionCodeCommand({ ...f, ZipFile: CODE, Publish: true }));
  const alias = new CreateAliasCommand({ ...f, Name: "live", FunctionVersion: "1", ...weights });
  expect(await client.send(alias)).toMatchObject({ AliasArn: arnOf("f:live"), ...weights });
  const named = await client.send(new GetFunctionCommand({ FunctionName: arnOf("f:live") }));
  expect(named).toMatchObject({ Configuration: { Version: "1" }, Tags: { a: "1" } });
  await client.send(new DeleteFunctionCommand(f));
  expect((await client.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
});

test("policies, tags, concurrency and configurations go over the wire", async () => {
  const client = lambdaClient(emulator);
  emulator.clock().freeze();
  await client.send(create());
  const Principal = "sns.amazonaws.com";
  const permission = { ...f, StatementId: "s", Action: "lambda:InvokeFunction", Principal };
  const { Statement } = await client.send(new AddPermissionCommand(permission));
  const { Policy } = await client.send(new GetPolicyCommand(f));
  expect(JSON.parse(Policy!).Statement).toEqual([JSON.parse(Statement!)]);
  await client.send(new TagResourceCommand({ Resource: arnOf("f"), Tags: { a: "1", "b c": "2", ü: "3" } }));
  await client.send(new UntagResourceCommand({ Resource: arnOf("f"), TagKeys: ["a", "b c"] }));
  expect((await client.send(new ListTagsCommand({ Resource: arnOf("f") }))).Tags).toEqual({ ü: "3" });
  await client.send(new PutFunctionConcurrencyCommand({ ...f, ReservedConcurrentExecutions: 5 }));
  const { LastModified } = await client.send(
    new PutFunctionEventInvokeConfigCommand({ ...f, MaximumRetryAttempts: 0 }),
  );
  expect(LastModified?.getTime()).toBe(emulator.clock().now());
  const { Concurrency } = await client.send(new GetFunctionCommand(f));
  expect(Concurrency).toEqual({ ReservedConcurrentExecutions: 5 });
});

test("code lies in a bucket of the emulator", async () => {
  const client = lambdaClient(emulator);
  const authorization = `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`;
  const put = (path: string, body?: Uint8Array<ArrayBuffer>) =>
    fetch(`${emulator.endpoint}/${path}`, { method: "PUT", headers: { authorization }, ...(body && { body }) });
  await put("code");
  expect((await put("code/f.zip", new Uint8Array(CODE))).status).toBe(200);
  const at = (S3Bucket: string, FunctionName: string) =>
    create({ FunctionName, Code: { S3Bucket, S3Key: `${FunctionName}.zip` } });
  expect(await client.send(at("code", "f"))).toMatchObject({ CodeSize: CODE.length });
  await expect(client.send(at("code", "g"))).rejects.toThrow(
    "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.",
  );
  await expect(client.send(at("none", "g"))).rejects.toThrow(
    /S3 Error Code: NoSuchBucket\. S3 Error Message: The specified bucket does not exist$/,
  );
});

test("a directory of this machine is code, one that is not there is none", async () => {
  const client = lambdaClient(emulator);
  const at = (S3Key: string, FunctionName = "f") => create({ FunctionName, Code: { S3Bucket: "hot-reload", S3Key } });
  expect(await client.send(at(import.meta.dirname))).toMatchObject({ CodeSize: 0 });
  for (const path of [import.meta.filename, `/${"a".repeat(999)}`, "/\u0000", "relative"]) {
    await expect(client.send(at(path, "g"))).rejects.toThrow("has to be the absolute path of a directory");
  }
});

test("an error is of the SDK's class, with its text", async () => {
  const error = await lambdaClient(emulator)
    .send(new GetFunctionCommand(f))
    .catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(LambdaServiceException);
  expect(error).toMatchObject({
    name: "ResourceNotFoundException",
    message: `Function not found: ${arnOf("f")}`,
    Type: "User",
    $metadata: { httpStatusCode: 404 },
  });
});

describe("on the wire", () => {
  const ask = async (method: string, path: string, body?: string) => {
    const credential = `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0`;
    const headers = { authorization: credential, "content-type": "application/json" };
    const response = await fetch(`${emulator.endpoint}${path}`, { method, headers, ...(body && { body }) });
    const { status } = response;
    const type = response.headers.get("x-amzn-errortype");
    return { status, type, id: response.headers.get("x-amzn-requestid"), text: await response.text() };
  };
  const base = "/2015-03-31/functions";
  const body = JSON.stringify({ ...f, ...facts, Code: { ZipFile: Buffer.from(CODE).toString("base64") } });

  test("statuses, names and keys of errors are AWS's, and a slash at the end is no matter", async () => {
    expect(await ask("GET", `${base}/f`)).toEqual({
      status: 404,
      type: "ResourceNotFoundException",
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      text: `{"Type":"User","Message":"Function not found: ${arnOf("f")}"}`,
    });
    expect(await ask("POST", `${base}/`, body)).toMatchObject({ status: 201 });
    expect(await ask("POST", base, body)).toMatchObject({
      status: 409,
      text: '{"Type":"User","message":"Function already exist: f"}',
    });
    expect(await ask("GET", `${base}/${encodeURIComponent(arnOf("f"))}/configuration`)).toMatchObject({ status: 200 });
    expect(await ask("GET", `${base}/?FunctionVersion=x`)).toMatchObject({
      status: 400,
      type: "ValidationException",
      text: `{"message":"1 validation error detected: Value 'x' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]"}`,
    });
    const elsewhere = body.replace('"f"', `"${arnOf("f", "111111111111")}"`);
    expect(await ask("POST", base, elsewhere)).toMatchObject({
      status: 403,
      type: "AccessDeniedException",
      text: '{"Message":null}',
    });
    const reserved = '{"ReservedConcurrentExecutions":901}';
    const untyped = await ask("PUT", "/2017-10-31/functions/f/concurrency", reserved);
    expect(untyped.text).toMatch(/^\{"message":"Specified ReservedConcurrentExecutions/);
    expect(await ask("DELETE", `${base}/f`)).toMatchObject({ status: 204, text: "" });
  });

  test.for<[method: string, path: string, given: string | undefined, status: number, type: string]>([
    ["POST", base, "{", 400, "SerializationException"],
    ["POST", base, "[]", 400, "SerializationException"],
    ["POST", base, '{"FunctionName":7}', 400, "SerializationException"],
    ["POST", base, '{"FunctionName":"f","Code":{"ZipFile":"?"}}', 400, "SerializationException"],
    ["POST", base, "{}", 400, "ValidationException"],
    [
      "POST",
      `${base}/f/aliases`,
      '{"RoutingConfig":{"AdditionalVersionWeights":{"1":"x"}}}',
      400,
      "SerializationException",
    ],
    ["GET", `${base}/%ff`, undefined, 400, "SerializationException"],
    ["GET", `${base}/a%20b`, undefined, 400, "ValidationException"],
    ["GET", `${base}/..%2f..%2fetc`, undefined, 400, "ValidationException"],
    ["GET", `${base}?MaxItems=x`, undefined, 400, "SerializationException"],
    ["GET", `${base}?MaxItems=0`, undefined, 400, "ValidationException"],
    ["GET", "/2015-03-31/nonsense", undefined, 404, "UnknownOperationException"],
    ["PATCH", base, "{}", 405, "UnknownOperationException"],
    ["GET", "/2017-03-31/tags/arn", undefined, 400, "ValidationException"],
  ])("%s %s %s is answered with %i %s", async ([method, path, given, status, type]) => {
    expect(await ask(method, path, given)).toMatchObject({ status, type });
  });
});

test("InvokeAsync of former times answers 202, and refuses more than an event may have", async () => {
  const client = lambdaClient(emulator);
  await client.send(create());
  const invoke = (text: string) => client.send(new InvokeAsyncCommand({ ...f, InvokeArgs: Buffer.from(text) }));
  expect(await invoke('{"a":1}')).toMatchObject({ Status: 202 });
  await expect(invoke(`"${"x".repeat(1024 * 1024)}"`)).rejects.toMatchObject({
    name: "RequestEntityTooLargeException",
    $metadata: { httpStatusCode: 413 },
  });
});
