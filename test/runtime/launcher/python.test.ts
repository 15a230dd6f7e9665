import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import { aDefinition, anInvocation, answerOf, CodeFolder, errorOf, HeardRunner, logOf } from "../../support/runtime.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const heard = new HeardRunner();
afterAll(() => heard[Symbol.asyncDispose]());

let functions = 0;
const PYTHON = { runtime: "python3.12", handler: "app.handler" };

async function outcomeOf(files: string | Readonly<Record<string, string>>, event: unknown = {}, given = {}) {
  using folder = new CodeFolder(typeof files === "string" ? { "app.py": files } : files);
  const definition = aDefinition(folder.directory(), { name: `python-${++functions}`, ...PYTHON, ...given });
  const outcome = await heard.invoke(definition, anInvocation(event, { requestId: "the-id" }));
  heard.runner.stop(definition.arn);
  return outcome;
}

describe.skipIf(!hasPython)("Python, where there is a python3", () => {
  test.for([
    [
      "answers what it returns",
      "def handler(event, context): return {'got': event['a'], 'ü': None}",
      { got: 1, ü: null },
    ],
    ["answers null when it returns nothing", "def handler(event, context): pass", null],
    [
      "answers decimals as numbers",
      "from decimal import Decimal\ndef handler(e, c): return [Decimal('1'), Decimal('1.5')]",
      [1, 1.5],
    ],
  ] as const)("a handler %s", async ([, code, expected]) => {
    expect(answerOf(await outcomeOf(code, { a: 1 }))).toEqual(expected);
  });

  test.for([
    ["a module further down", { "a/b/app.py": "def handler(e, c): return 'here'" }, "a/b/app.handler"],
    [
      "a module beside others",
      { "app.py": "import dep\nhandler = dep.f", "dep.py": "def f(e, c): return 'here'" },
      "app.handler",
    ],
  ] as const)("a handler lies in %s", async ([, files, handler]) => {
    expect(answerOf(await outcomeOf(files, {}, { handler }))).toBe("here");
  });

  test("a handler is told who it is, and how long it may take", async () => {
    using folder = new CodeFolder({
      "app.py": `
import os
def handler(event, c):
    names = ["function_name", "function_version", "memory_limit_in_mb", "aws_request_id", "invoked_function_arn", "log_group_name"]
    remaining = c.get_remaining_time_in_millis()
    return {**{name: getattr(c, name) for name in names}, "remaining": 0 < remaining <= 60000, "custom": c.client_context.custom,
      "title": c.client_context.client.app_title, "trace": os.environ["_X_AMZN_TRACE_ID"], "identity": c.identity.cognito_identity_id}
`,
    });
    const clientContext = JSON.stringify({ client: { app_title: "ü" }, custom: { a: "b" } });
    const invocation = anInvocation({}, { clientContext, traceId: "Root=1-2-3" });
    const definition = aDefinition(folder.directory(), { name: "context", ...PYTHON });
    expect(answerOf(await heard.invoke(definition, invocation))).toEqual({
      function_name: "context",
      function_version: "$LATEST",
      memory_limit_in_mb: "128",
      aws_request_id: invocation.requestId,
      invoked_function_arn: invocation.functionArn,
      log_group_name: "/aws/lambda/context",
      remaining: true,
      custom: { a: "b" },
      title: "ü",
      trace: "Root=1-2-3",
      identity: null,
    });
  });

  test("an error has its name, its message, its request and its trace", async () => {
    const error = errorOf(await outcomeOf("def handler(event, context):\n  raise KeyError('far')"));
    expect(error).toEqual({
      errorMessage: "'far'",
      errorType: "KeyError",
      requestId: "the-id",
      stackTrace: [
        expect.stringMatching(/^ {2}File "\S+\/app\.py", line 2, in handler\n {4}raise KeyError\('far'\)\n$/),
      ],
    });
  });

  test.for([
    ["an answer that is no JSON", "def handler(e, c): return object()", "Runtime.MarshalError", "the-id"],
    ["a module that is not there", "import nowhere", "Runtime.ImportModuleError", ""],
    ["no Python", "def handler(", "Runtime.UserCodeSyntaxError", ""],
    ["raised as the module is loaded", "raise ValueError('no way')", "ValueError", ""],
    ["a handler that is not there", "other = 1", "Runtime.HandlerNotFound", ""],
    ["a process that ends", "import sys\ndef handler(e, c): sys.exit(0)", "Runtime.ExitError", undefined],
  ] as const)("an error is %s", async ([, code, errorType, requestId]) => {
    const error = errorOf(await outcomeOf(code));
    expect(error).toMatchObject({ errorType });
    expect(error.requestId).toBe(requestId);
  });

  test("what is logged has level, time and request, and what is printed is as it is", async () => {
    const code =
      "import logging\ndef handler(e, c):\n  print('printed')\n  logging.getLogger('x').warning('a %s', 'b')";
    const lines = logOf(await outcomeOf(code)).split("\n");
    expect(lines[1]).toBe("printed");
    expect(lines[2]).toMatch(/^\[WARNING\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\tthe-id\ta b$/);
    expect(lines[3]).toBe("END RequestId: the-id");
  });
});
