import { existsSync } from "node:fs";
import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  type LambdaServiceException,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";
import { Gate } from "../support/gate.ts";
import { ACCOUNT, arnOf, f, REGION } from "../support/lambda.ts";
import { aLambdaServer, FunctionCaller } from "../support/lambda-server.ts";
import { CodeFolder } from "../support/runtime.ts";
import { zipOf } from "../support/zip.ts";

// Lambda reference 4

let emulator: Emulator;
let caller: FunctionCaller;
beforeAll(async () => {
  emulator = await aLambdaServer();
  caller = new FunctionCaller(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => emulator.reset());

const zipped = (code: string) => zipOf([{ name: "index.js", content: code }]);
const python = (code: string) => ({ ZipFile: zipOf([{ name: "app.py", content: code }]) });
const PYTHON = { Runtime: "python3.13", Handler: "app.handler" } as const;
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("it is answered"),
    (cause: unknown) => cause as LambdaServiceException & Record<string, unknown>,
  );

describe("a function of Node's", () => {
  test("answers with what its handler returns, and knows who calls it", async () => {
    await caller.create(
      `exports.handler = async (event, context) => ({ event, context, endpoint: process.env.AWS_ENDPOINT_URL, own: process.env.OWN });`,
      { Environment: { Variables: { OWN: "1" } } },
    );
    const { status, error, version, log, requestId, value } = await caller.invoke({ a: "ü" });
    expect({ status, error, version, log }).toEqual({
      status: 200,
      error: undefined,
      version: "$LATEST",
      log: undefined,
    });
    expect(value).toMatchObject({ event: { a: "ü" }, endpoint: emulator.endpoint, own: "1" });
    expect(value.context).toMatchObject({
      functionName: "f",
      functionVersion: "$LATEST",
      memoryLimitInMB: "128",
      invokedFunctionArn: arnOf("f"),
      awsRequestId: requestId,
      logGroupName: "/aws/lambda/f",
    });
  });

  test("is invoked with {} for nothing, and answers null for nothing", async () => {
    await caller.create("exports.handler = async (event) => { if (Object.keys(event).length > 0) return event; };");
    const answer = await caller.client.send(new InvokeCommand(f));
    expect(Buffer.from(answer.Payload!).toString()).toBe("null");
  });

  test("gets the context of its client", async () => {
    await caller.create("exports.handler = async (event, { clientContext }) => clientContext;");
    const context = { custom: { a: "1" } };
    const ClientContext = Buffer.from(JSON.stringify(context)).toString("base64");
    expect((await caller.invoke({}, { ClientContext })).value).toEqual(context);
    const refused = await failure(caller.invoke({}, { ClientContext: "?" }));
    expect(refused).toMatchObject({ name: "InvalidRequestContentException", $metadata: { httpStatusCode: 400 } });
  });

  test("is followed by the last of its log when that is asked for", async () => {
    await caller.create("exports.handler = async () => { console.log('said'); };");
    const { log, requestId } = await caller.invoke({}, { LogType: "Tail" });
    expect(log).toMatch(new RegExp(`^START RequestId: ${requestId} Version: \\$LATEST\n`));
    expect(log).toMatch(new RegExp(`\t${requestId}\tINFO\tsaid\nEND RequestId: ${requestId}\nREPORT RequestId`));
  });
});

test("a function of Python's answers, and fails with its stack", async () => {
  await caller.create(python("def handler(event, context):\n  return [event, context.aws_request_id]"), PYTHON);
  const { value, requestId } = await caller.invoke({ a: 1 });
  expect(value).toEqual([{ a: 1 }, requestId]);
  await caller.client.send(
    new UpdateFunctionCodeCommand({ ...f, ...python("def handler(event, context):\n  raise Exception('no')") }),
  );
  const failed = await caller.invoke();
  expect(failed.error).toBe("Unhandled");
  expect(Object.keys(failed.value)).toEqual(["errorMessage", "errorType", "requestId", "stackTrace"]);
  expect(failed.value).toMatchObject({ errorMessage: "no", errorType: "Exception", requestId: failed.requestId });
});

describe("a function error is status 200 with its document", () => {
  test("of an exception", async () => {
    await caller.create("exports.handler = async () => { throw new TypeError('no'); };");
    const { status, error, version, value } = await caller.invoke();
    expect({ status, error, version }).toEqual({ status: 200, error: "Unhandled", version: "$LATEST" });
    expect(value).toEqual({ errorType: "TypeError", errorMessage: "no", trace: expect.any(Array) });
  });

  test("of a time-out, in the middle of a loop as well; the next one has a new process", async () => {
    await caller.create("exports.handler = async ({ loop }) => { while (loop); return process.pid; };", { Timeout: 1 });
    const { value: before } = await caller.invoke({ loop: false });
    const { requestId, text } = await caller.invoke({ loop: true });
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`;
    expect(text).toBe(JSON.stringify({ errorType: "Sandbox.Timedout", errorMessage }));
    expect((await caller.invoke({ loop: false })).value).not.toBe(before);
  });

  test.for([
    ["process.exit(0)", "Runtime exited without providing a reason"],
    ["process.exit(7)", "Runtime exited with error: exit status 7"],
    ["process.kill(process.pid, 'SIGKILL')", "Runtime exited with error: signal: killed"],
  ])("of an end: %s", async ([code, what]) => {
    await caller.create(`exports.handler = () => new Promise(() => { ${code}; });`);
    const { requestId, text } = await caller.invoke();
    expect(text).toBe(
      JSON.stringify({ errorType: "Runtime.ExitError", errorMessage: `RequestId: ${requestId} Error: ${what}` }),
    );
  });

  test("of an answer too long, after which the process goes on", async () => {
    await caller.create("let calls = 0; exports.handler = async ({ n }) => [++calls, 'a'.repeat(n)];");
    expect((await caller.invoke({ n: 6_291_560 })).text).toBe(
      '{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}',
    );
    expect((await caller.invoke({ n: 1 })).value).toEqual([2, "a"]);
  });

  test("of an image, which is not run", async () => {
    const ImageUri = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/app:1`;
    await caller.create({ ImageUri }, { PackageType: "Image", Runtime: undefined, Handler: undefined });
    expect((await caller.invoke()).value).toMatchObject({
      errorMessage: expect.stringContaining("images are not run"),
    });
  });

  test("of a link that leads out of the archive", async () => {
    const link = { name: "a", content: "../../etc", mode: 0o120777 };
    await caller.create({ ZipFile: zipOf([link]) });
    expect((await caller.invoke()).value).toMatchObject({
      errorMessage: "The code of f cannot be unpacked: the link a leads out of the archive, to ../../etc.",
    });
  });

  test("of a link that is longer than a path can be", async () => {
    const link = { name: "a", content: "b".repeat(4096), mode: 0o120777 };
    await caller.create({ ZipFile: zipOf([link]) });
    expect((await caller.invoke()).value).toMatchObject({
      errorMessage: "The code of f cannot be unpacked: the link a is too long.",
    });
  });
});

describe("what is not a good request is AWS's error", () => {
  test("no function, version or alias", async () => {
    const missing = async (given: object) => (await failure(caller.invoke({}, given))).message;
    expect(await missing({})).toBe(`Function not found: ${arnOf("f:$LATEST")}`);
    await caller.create("exports.handler = async () => 1;");
    expect(await missing({ Qualifier: "7" })).toBe(`Function not found: ${arnOf("f:7")}`);
    expect(await missing({ FunctionName: "f:live" })).toBe(`Function not found: ${arnOf("f:live")}`);
    expect(await missing({ FunctionName: "f:1", Qualifier: "2" })).toBe(
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
    expect(await missing({ InvocationType: "DryRun", Qualifier: "7" })).toBe(`Function not found: ${arnOf("f:7")}`);
  });

  test("an event that is no JSON, or too long", async () => {
    await caller.create("exports.handler = async () => 1;");
    const invoke = (Payload: string) => failure(caller.client.send(new InvokeCommand({ ...f, Payload })));
    expect(await invoke("{")).toMatchObject({
      name: "InvalidRequestContentException",
      message: expect.stringMatching(/^Could not parse request body into json: Could not parse payload into json: \S/),
    });
    expect(await invoke(`"${"a".repeat(6_291_555)}"`)).toMatchObject({
      name: "RequestEntityTooLargeException",
      message: "Request must be smaller than 6291556 bytes for the Invoke operation",
      $metadata: { httpStatusCode: 413 },
    });
  });

  test("a dry run says nothing but that it could be run", async () => {
    await caller.create("process.exit(1)");
    expect(await caller.invoke({}, { InvocationType: "DryRun" })).toMatchObject({ status: 204, text: "" });
  });
});

test("an alias runs its version, under its own ARN", async () => {
  await caller.create("exports.handler = async (event, { invokedFunctionArn }) => invokedFunctionArn;", {
    Publish: true,
  });
  await caller.client.send(
    new UpdateFunctionCodeCommand({ ...f, ZipFile: zipped("exports.handler = async () => 2;") }),
  );
  await caller.client.send(new CreateAliasCommand({ ...f, Name: "live", FunctionVersion: "1" }));
  expect(await caller.invoke({}, { Qualifier: "live" })).toMatchObject({ version: "1", value: arnOf("f:live") });
  expect(await caller.invoke({}, { FunctionName: arnOf("f:1") })).toMatchObject({ version: "1", value: arnOf("f:1") });
  expect(await caller.invoke()).toMatchObject({ version: "$LATEST", value: 2 });
});

test("an alias for two versions runs either, by its weights", async () => {
  await caller.create("exports.handler = async () => 1;", { Publish: true });
  const update = { ...f, ZipFile: zipped("exports.handler = async () => 2;"), Publish: true };
  await caller.client.send(new UpdateFunctionCodeCommand(update));
  const weighted = async (Name: string, share: number) => {
    const RoutingConfig = { AdditionalVersionWeights: { 2: share } };
    await caller.client.send(new CreateAliasCommand({ ...f, Name, FunctionVersion: "1", RoutingConfig }));
    return (await caller.invoke({}, { Qualifier: Name })).version;
  };
  expect(await weighted("never", 0)).toBe("1");
  expect(await weighted("always", 1)).toBe("2");
});

describe("code", () => {
  test("that is given anew runs from then on, and so does configuration", async () => {
    await caller.create("exports.handler = async () => [1, process.env.OWN];");
    expect((await caller.invoke()).value).toEqual([1, null]);
    await caller.client.send(
      new UpdateFunctionCodeCommand({ ...f, ZipFile: zipped("exports.handler = async () => [2, process.env.OWN];") }),
    );
    expect((await caller.invoke()).value).toEqual([2, null]);
    await caller.client.send(
      new UpdateFunctionConfigurationCommand({ ...f, Environment: { Variables: { OWN: "3" } } }),
    );
    expect((await caller.invoke()).value).toEqual([2, "3"]);
  });

  test("in a directory of this machine runs where it lies, and anew when it changes", async () => {
    using folder = new CodeFolder({ "index.js": "exports.handler = async () => __dirname;" });
    await caller.create({ S3Bucket: "hot-reload", S3Key: folder.path });
    expect((await caller.invoke()).value).toBe(folder.path);
  });

  test("keeps its modes, folders and links", async () => {
    const files = [
      { name: "bin/run", content: "#!/bin/sh\necho ran\n", mode: 0o100755 },
      { name: "run", content: "bin/run", mode: 0o120777 },
      {
        name: "index.js",
        content:
          "const { execFileSync } = require('node:child_process'); exports.handler = async () => execFileSync('./run').toString();",
      },
    ];
    await caller.create({ ZipFile: zipOf(files) });
    expect((await caller.invoke()).value).toBe("ran\n");
  });
});

describe("concurrency", () => {
  test("that is reserved is no more than that, and none stops all", async () => {
    await caller.create("exports.handler = async () => 1;");
    const reserve = (ReservedConcurrentExecutions: number) =>
      caller.client.send(new PutFunctionConcurrencyCommand({ ...f, ReservedConcurrentExecutions }));
    await reserve(0);
    expect(await failure(caller.invoke())).toMatchObject({
      name: "TooManyRequestsException",
      message: "Rate Exceeded.",
      Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
      Type: "User",
      retryAfterSeconds: "1",
      $metadata: { httpStatusCode: 429 },
    });
    await reserve(1);
    expect((await caller.invoke()).value).toBe(1);
    expect((await caller.invoke()).value).toBe(1);
  });

  test("is counted for as long as an invocation runs, each of which has a process of its own", async () => {
    await caller.create("exports.handler = async ({ url }) => { await fetch(url); return process.pid; };");
    await caller.client.send(new PutFunctionConcurrencyCommand({ ...f, ReservedConcurrentExecutions: 2 }));
    await using gate = await Gate.open();
    const running = [caller.invoke({ url: gate.url }), caller.invoke({ url: gate.url })];
    await gate.arrived(2);
    expect(await failure(caller.invoke())).toMatchObject({ name: "TooManyRequestsException" });
    gate.release();
    const [one, other] = await Promise.all(running);
    expect(one?.value).not.toBe(other?.value);
    expect((await caller.invoke({ url: gate.url })).error).toBeUndefined();
  });
});

describe("what runs ends", () => {
  const alive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  test("with its function, and with the server", async () => {
    const own = await aLambdaServer();
    const lambda = new FunctionCaller(own);
    const code = "exports.handler = async () => [process.pid, process.cwd()];";
    await lambda.create(code);
    await lambda.create(code, { FunctionName: "g" });
    const [[pid], [other, folder]] = [
      (await lambda.invoke()).value,
      (await lambda.invoke({}, { FunctionName: "g" })).value,
    ];
    expect(alive(pid)).toBe(true);
    await lambda.client.send(new DeleteFunctionCommand(f));
    expect(alive(other)).toBe(true);
    await own.close();
    expect([alive(pid), alive(other)]).toEqual([false, false]);
    expect(existsSync(folder)).toBe(false);
  });

  test("when the account is forgotten, whoever waits for it", async () => {
    await using gate = await Gate.open();
    await caller.create("exports.handler = async ({ url }) => { await fetch(url); };");
    const waiting = failure(caller.invoke({ url: gate.url }));
    await gate.arrived(1);
    emulator.reset(ACCOUNT);
    expect(await waiting).toMatchObject({ name: "ServiceException", $metadata: { httpStatusCode: 500 } });
  });
});

describe("an answer that is streamed", () => {
  const stream = async (given: object = {}) => {
    const answer = await caller.client.send(new InvokeWithResponseStreamCommand({ ...f, LogType: "Tail", ...given }));
    const events = [];
    for await (const event of answer.EventStream!) events.push(event);
    const text = events.map(({ PayloadChunk }) => Buffer.from(PayloadChunk?.Payload ?? []).toString()).join("");
    return { version: answer.ExecutedVersion, text, complete: events.at(-1)?.InvokeComplete };
  };

  test("comes as it is written", async () => {
    const code = "stream.write('one'); await new Promise((r) => setTimeout(r)); stream.write('two'); stream.end();";
    await caller.create(`exports.handler = awslambda.streamifyResponse(async (event, stream) => { ${code} });`);
    const { version, text, complete } = await stream();
    expect({ version, text }).toEqual({ version: "$LATEST", text: "onetwo" });
    expect(Buffer.from(complete?.LogResult ?? "", "base64").toString()).toMatch(/^START RequestId/);
    expect(complete).not.toHaveProperty("ErrorCode");
  });

  test("of a handler that returns comes at once, and a failure last", async () => {
    await caller.create(
      "exports.handler = async ({ fails }) => { if (fails) throw new Error('no'); return { a: 1 }; };",
    );
    expect(await stream()).toMatchObject({ text: '{"a":1}' });
    const { text, complete } = await stream({ Payload: '{"fails":true}' });
    expect({ text, complete }).toMatchObject({ text: "", complete: { ErrorCode: "Unhandled" } });
    expect(JSON.parse(complete?.ErrorDetails ?? "")).toMatchObject({ errorType: "Error", errorMessage: "no" });
  });

  test("is refused before it begins", async () => {
    expect(await failure(stream())).toMatchObject({ name: "ResourceNotFoundException" });
    await caller.create("exports.handler = async () => 1;");
    await caller.client.send(new PutFunctionConcurrencyCommand({ ...f, ReservedConcurrentExecutions: 0 }));
    expect(await failure(stream())).toMatchObject({ name: "TooManyRequestsException" });
  });
});
