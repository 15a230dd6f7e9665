import { afterAll, describe, expect, test } from "vitest";
import type { InlineHandler } from "../../../src/runtime/runner.ts";
import { aDefinition, anInvocation, answerOf, errorOf, HeardRunner, logOf } from "../../support/runtime.ts";

const heard = new HeardRunner();
afterAll(() => heard[Symbol.asyncDispose]());

let functions = 0;
const define = (handler: unknown, given = {}) =>
  aDefinition({ kind: "inline", handler: handler as InlineHandler }, { name: `inline-${++functions}`, ...given });

describe("a function of this process", () => {
  test.for([
    ["answers with what its promise is fulfilled with", async (event: unknown) => event, { a: 1 }],
    [
      "calls back",
      (_event: unknown, _context: unknown, callback: (e: unknown, r: unknown) => void) => callback(null, "called"),
      "called",
    ],
    ["that does neither answers null", () => "nobody wants it", null],
  ] as const)("%s", async ([, handler, expected]) => {
    expect(answerOf(await heard.invoke(define(handler), anInvocation({ a: 1 })))).toEqual(expected);
  });

  test("sees the context that it would see in a process of its own", async () => {
    const invocation = anInvocation({}, { clientContext: '{"custom":{}}' });
    const definition = define(async (_event: unknown, context: { getRemainingTimeInMillis(): number }) => ({
      ...context,
      isInTime: context.getRemainingTimeInMillis() <= 60_000,
    }));
    expect(answerOf(await heard.invoke(definition, invocation))).toMatchObject({
      functionName: definition.name,
      functionVersion: "$LATEST",
      memoryLimitInMB: "128",
      awsRequestId: invocation.requestId,
      invokedFunctionArn: invocation.functionArn,
      logGroupName: `/aws/lambda/${definition.name}`,
      clientContext: { custom: {} },
      isInTime: true,
    });
  });

  test("fails with the document that it would have there", async () => {
    const outcome = await heard.invoke(define(() => Promise.reject(new TypeError("x"))));
    expect(errorOf(outcome)).toMatchObject({ errorType: "TypeError", errorMessage: "x", trace: expect.any(Array) });
    expect(logOf(outcome)).toMatch(/^START RequestId: .*\nEND .*\nREPORT .*Status: error\t\n$/);
  });

  test("fails when it takes too long, or is stopped", async () => {
    const forever = () => new Promise(() => {});
    const invocation = anInvocation();
    expect(errorOf(await heard.invoke(define(forever, { timeoutMs: 1 }), invocation))).toEqual({
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${invocation.requestId} Error: Task timed out after 0.00 seconds`,
    });
    const giveUp = new AbortController();
    const outcome = heard.invoke(define(forever), anInvocation(), giveUp.signal);
    giveUp.abort();
    expect(await outcome).toEqual({ type: "stopped" });
  });

  test("is stopped with the runner, or when it is abandoned", async () => {
    const own = new HeardRunner();
    const definition = define(() => new Promise(() => {}));
    const abandoned = own.invoke(definition);
    own.runner.abandon(definition.arn);
    const outcome = own.invoke(definition);
    await own.runner.close();
    expect(await Promise.all([abandoned, outcome])).toEqual([{ type: "stopped" }, { type: "stopped" }]);
  });
});
