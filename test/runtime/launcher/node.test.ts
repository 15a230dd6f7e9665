import { afterAll, describe, expect, test } from "vitest";
import {
  aDefinition,
  anInvocation,
  answerOf,
  CodeFolder,
  ENDPOINT,
  errorOf,
  HeardRunner,
  logOf,
} from "../../support/runtime.ts";

const heard = new HeardRunner();
afterAll(() => heard[Symbol.asyncDispose]());

let functions = 0;

/** What a handler in `index.js`, or in other files, makes of an event. */
async function outcomeOf(files: string | Readonly<Record<string, string>>, event: unknown = {}, given = {}) {
  using folder = new CodeFolder(typeof files === "string" ? { "index.js": files } : files);
  const definition = aDefinition(folder.directory(), { name: `node-${++functions}`, ...given });
  const outcome = await heard.invoke(definition, anInvocation(event));
  heard.runner.stop(definition.arn);
  return outcome;
}

const UNREADABLE = {
  errorType: "handled",
  errorMessage:
    "callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack",
};

describe("a handler", () => {
  test.for([
    [
      "answers with what its promise is fulfilled with",
      "exports.handler = async (event) => ({ got: event.a })",
      { got: 1 },
    ],
    ["calls back", "exports.handler = (event, context, callback) => callback(null, event.a)", 1],
    [
      "calls back later",
      "exports.handler = (e, c, callback) => void setTimeout(() => callback(null, 'late'), 1)",
      "late",
    ],
    ["calls back as it did long ago", "exports.handler = (event, context) => context.succeed('old')", "old"],
    [
      "that returns a promise is not asked whether it calls back",
      "exports.handler = async (e, c, callback) => { callback(null, 'called'); return 'promised'; }",
      "promised",
    ],
    ["that does neither answers null", "exports.handler = () => 'nobody wants it'", null],
    ["that answers nothing answers null", "exports.handler = async () => {}", null],
    [
      "waits for what it began before what it called back counts",
      "let n = 0; exports.handler = (e, c, callback) => { const result = { get n() { return n; } }; callback(null, result); setTimeout(() => n++, 1); }",
      { n: 1 },
    ],
    [
      "need not wait for that",
      "let n = 0; exports.handler = (e, c, callback) => { c.callbackWaitsForEmptyEventLoop = false; callback(null, { n }); setTimeout(() => n++, 1); }",
      { n: 0 },
    ],
  ] as const)("%s", async ([, code, expected]) => {
    expect(answerOf(await outcomeOf(code, { a: 1 }))).toEqual(expected);
  });

  test.for([
    ["an ES module by its suffix", { "index.mjs": "export const handler = async () => 'esm'" }, "index.handler"],
    [
      "an ES module by its package",
      { "package.json": '{"type":"module"}', "index.js": "export const handler = async () => 'esm'" },
      "index.handler",
    ],
    [
      "CommonJS in a package of ES modules",
      { "package.json": '{"type":"module"}', "index.cjs": "exports.handler = async () => 'esm'" },
      "index.handler",
    ],
    ["a module further down", { "a/b/index.js": "exports.handler = async () => 'esm'" }, "a/b/index.handler"],
    ["a member of a member", { "index.js": "exports.one = { two: async () => 'esm' }" }, "index.one.two"],
    ["a folder", { "lib/index.js": "exports.handler = async () => 'esm'" }, "lib.handler"],
  ] as const)("lies in %s", async ([, files, handler]) => {
    expect(answerOf(await outcomeOf(files, {}, { handler }))).toBe("esm");
  });

  test("finds the modules beside it", async () => {
    const files = {
      "index.js": "exports.handler = async () => require('dep')",
      "node_modules/dep/index.js": "module.exports = 'dep'",
    };
    expect(answerOf(await outcomeOf(files))).toBe("dep");
  });

  test("is told who it is, and how long it may take", async () => {
    using folder = new CodeFolder({
      "index.js": `exports.handler = async (event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID })`,
    });
    const clientContext = JSON.stringify({ client: { app: "ü" }, custom: { a: "b" }, env: {} }, null, 1);
    const functionArn = "arn:aws:lambda:eu-west-1:111111111111:function:worker:$LATEST";
    const invocation = anInvocation({}, { functionArn, clientContext, traceId: "Root=1-2-3" });
    const answer = answerOf(await heard.invoke(aDefinition(folder.directory(), { name: "context" }), invocation));
    expect(answer).toMatchObject({
      functionName: "context",
      functionVersion: "$LATEST",
      memoryLimitInMB: "128",
      awsRequestId: invocation.requestId,
      invokedFunctionArn: functionArn,
      logGroupName: "/aws/lambda/context",
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      clientContext: { client: { app: "ü" }, custom: { a: "b" }, env: {} },
      trace: "Root=1-2-3",
    });
    const { remaining } = answer as { readonly remaining: number };
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(60_000);
  });

  test("sees the variables of a function, those of the platform over its own", async () => {
    const code = "exports.handler = async () => ({ ...process.env, cwd: process.cwd() })";
    const variables = { OWN: "1", AWS_REGION: "mars", AWS_LAMBDA_FUNCTION_NAME: "other" };
    const answer = answerOf(await outcomeOf(code, {}, { variables, name: "variables" }));
    const { LAMBDA_TASK_ROOT, ...seen } = answer as Readonly<Record<string, string>>;
    expect(seen).toMatchObject({
      OWN: "1",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "111111111111",
      AWS_LAMBDA_FUNCTION_NAME: "variables",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
      AWS_ENDPOINT_URL: ENDPOINT,
      _HANDLER: "index.handler",
      TZ: "UTC",
      PATH: process.env.PATH,
      cwd: LAMBDA_TASK_ROOT,
    });
  });

  test("may be told another endpoint", async () => {
    const code = "exports.handler = async () => process.env.AWS_ENDPOINT_URL";
    const outcome = await outcomeOf(code, {}, { variables: { AWS_ENDPOINT_URL: "http://other" } });
    expect(answerOf(outcome)).toBe("http://other");
  });
});

describe("an error", () => {
  test.for([
    ["'a'", { errorType: "string", errorMessage: "a", trace: [] }],
    ["null", UNREADABLE],
    ["undefined", UNREADABLE],
    ["{ toString() { throw 1 } }", UNREADABLE],
  ] as const)("that throws %s answers as AWS's does", async ([thrown, document]) => {
    expect(errorOf(await outcomeOf(`exports.handler = async () => { throw ${thrown} }`))).toEqual(document);
  });

  test("that is thrown has its name, its message and its trace", async () => {
    const error = errorOf(await outcomeOf("exports.handler = async () => { throw new RangeError('far') }"));
    expect(error).toEqual({ errorType: "RangeError", errorMessage: "far", trace: expect.any(Array) });
    expect((error.trace as string[])[0]).toBe("RangeError: far");
  });

  test.for([
    [
      "is thrown at once",
      "exports.handler = () => { throw new Error('x') }",
      { errorType: "Error", errorMessage: "x" },
    ],
    [
      "is called back",
      "exports.handler = (e, c, callback) => callback(new Error('x'))",
      { errorType: "Error", errorMessage: "x" },
    ],
    [
      "is a text",
      "exports.handler = (e, c, callback) => callback('x')",
      { errorType: "string", errorMessage: "x", trace: [] },
    ],
    [
      "is an answer that is no JSON",
      "exports.handler = async () => { const a = {}; a.a = a; return a; }",
      { errorType: "Error", errorMessage: "Unable to stringify response body" },
    ],
    [
      "is a promise that can never settle",
      "exports.handler = () => new Promise(() => {})",
      { errorType: "Runtime.NodeJsExit" },
    ],
    [
      "nobody caught",
      "exports.handler = () => void setTimeout(() => { throw new TypeError('x') })",
      { errorType: "TypeError", errorMessage: "x" },
    ],
    [
      "is a rejection nobody caught",
      "exports.handler = () => void Promise.reject(new Error('x'))",
      {
        errorType: "Runtime.UnhandledPromiseRejection",
        errorMessage: "Error: x",
        reason: { errorType: "Error", errorMessage: "x" },
      },
    ],
    [
      "is a module that is not there",
      "require('nowhere')",
      { errorType: "Runtime.ImportModuleError", errorMessage: expect.stringContaining("Cannot find module 'nowhere'") },
    ],
    ["is no JavaScript", "exports.handler = (", { errorType: "Runtime.UserCodeSyntaxError" }],
    ["comes up as the module is loaded", "throw new Error('no way')", { errorType: "Error", errorMessage: "no way" }],
    [
      "is a handler that is not there",
      "exports.other = 1",
      { errorType: "Runtime.HandlerNotFound", errorMessage: "index.handler is undefined or not exported" },
    ],
    [
      "is a handler that is none",
      "exports.handler = 1",
      { errorType: "Runtime.HandlerNotFound", errorMessage: "index.handler is not a function" },
    ],
  ] as const)("%s", async ([, code, expected]) => {
    expect(errorOf(await outcomeOf(code))).toMatchObject(expected);
  });

  test("is a module that is not there at all, or a name that is none", async () => {
    expect(errorOf(await outcomeOf({ "other.js": "" }))).toMatchObject({ errorType: "Runtime.ImportModuleError" });
    const outcome = await outcomeOf("", {}, { handler: "index" });
    expect(errorOf(outcome)).toMatchObject({ errorType: "Runtime.MalformedHandlerName" });
  });
});

describe("the log", () => {
  test("has what was written between the lines of the platform, with time, request and level", async () => {
    using folder = new CodeFolder({
      "index.js":
        "exports.handler = async () => { console.log('a %s', 'b'); console.error({ c: 1 }); process.stdout.write('raw\\n'); }",
    });
    const definition = aDefinition(folder.directory(), { name: "logging" });
    const [one, other] = [anInvocation(), anInvocation()];
    const lines = logOf(await heard.invoke(definition, one)).split("\n");
    const at = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
    expect(lines).toEqual([
      `START RequestId: ${one.requestId} Version: $LATEST`,
      expect.stringMatching(new RegExp(`^${at}\t${one.requestId}\tINFO\ta b$`)),
      expect.stringMatching(new RegExp(`^${at}\t${one.requestId}\tERROR\t\\{ c: 1 \\}$`)),
      "raw",
      `END RequestId: ${one.requestId}`,
      expect.stringMatching(
        /^REPORT RequestId: \S+\tDuration: \d+\.00 ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\t(?:Max Memory Used: \d+ MB\t)?Init Duration: \d+\.00 ms\t$/,
      ),
      "",
    ]);
    expect(logOf(await heard.invoke(definition, other))).not.toContain("Init Duration");
    expect(heard.lines).toContainEqual({ level: "info", function: "logging", requestId: one.requestId, text: "raw" });
  });
});

describe("a handler that streams", () => {
  const streaming = (body: string) =>
    `exports.handler = awslambda.streamifyResponse(async (event, stream) => { ${body} })`;

  test("answers as it comes, or as a whole for who does not want that", async () => {
    const code = streaming(
      "stream.write('{\"a\":'); await new Promise((r) => setTimeout(r)); stream.write('1}'); stream.end();",
    );
    expect(answerOf(await outcomeOf(code))).toEqual({ a: 1 });
    using folder = new CodeFolder({ "index.js": code });
    const chunks: string[] = [];
    const invocation = anInvocation({}, { onChunk: (chunk) => void chunks.push(chunk.toString()) });
    const outcome = await heard.invoke(aDefinition(folder.directory(), { name: "streaming" }), invocation);
    expect(outcome).toMatchObject({ type: "answered", payload: "" });
    expect(chunks.join("")).toBe('{"a":1}');
  });

  test("fails in the middle of it", async () => {
    const error = errorOf(await outcomeOf(streaming("stream.write('begun'); throw new Error('then not')")));
    expect(error).toMatchObject({ errorType: "Error", errorMessage: "then not" });
  });

  test("may begin with a prelude for HTTP", async () => {
    const code = streaming(
      "const out = awslambda.HttpResponseStream.from(stream, { statusCode: 201 }); out.write('hi'); out.end();",
    );
    expect(await outcomeOf(code)).toMatchObject({ payload: `{"statusCode":201}${"\0".repeat(8)}hi` });
  });
});
