import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";
import { formatIso8601 } from "../../src/kernel/time/iso8601.ts";
import { Gate } from "../support/gate.ts";
import { ACCOUNT, arnOf } from "../support/lambda.ts";
import { aLambdaServer, FunctionCaller } from "../support/lambda-server.ts";
import { aFrozenClock } from "../support/service-call.ts";

let emulator: Emulator;
let caller: FunctionCaller;
beforeAll(async () => {
  emulator = await aLambdaServer();
  caller = new FunctionCaller(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.reset();
  emulator.clock().freeze();
});

const HANDLER =
  "exports.handler = async ({ url, fails }) => { await fetch(url); if (fails) throw new Error('no'); return 1; };";

test("an invocation takes no time of its account, which waits for it before it moves on", async () => {
  await using gate = await Gate.open();
  await caller.create(HANDLER);
  const clock = emulator.clock(ACCOUNT);
  const start = clock.now();
  const running = caller.invoke({ url: gate.url });
  await gate.arrived(1);
  const advanced = clock.advance("1m");
  const settled = emulator.account(ACCOUNT).settled();
  expect(clock.now()).toBe(start);
  gate.release();
  await Promise.all([settled, advanced]);
  expect((await running).value).toBe(1);
  expect(clock.now()).toBe(start + 60_000);
});

test("what is not settled says so", async () => {
  await using gate = await Gate.open();
  await caller.create(HANDLER);
  const running = caller.invoke({ url: gate.url });
  await gate.arrived(1);
  await expect(emulator.settled({ timeout: "1ms" })).rejects.toThrow("1 function running");
  gate.release();
  await running;
});

test("time that is moved does not wait for ever for a process that a person was to start", async () => {
  const real = aFrozenClock();
  await using debugged = await aLambdaServer({ functions: { f: { attach: true } }, clock: real });
  const clock = debugged.clock();
  const start = clock.now();
  await debugged.client(LambdaClient).send(new InvokeCommand({ FunctionName: "f", InvocationType: "Event" }));
  const why = "The function f waits for its process, and nobody is attached: start it as the log says.";
  /** What comes of it when real time passes. */
  const outcome = async (answer: Promise<unknown>) => {
    let told: unknown;
    answer.then(
      (value) => {
        told = value;
      },
      (cause: Error) => {
        told = cause.message;
      },
    );
    while (told === undefined) {
      await (await fetch(`${debugged.endpoint}/_waystation/faults`)).text();
      real.advance("30s");
    }
    return told;
  };
  expect(await outcome(clock.advance("1m"))).toBe(`Time does not move on: ${why}`);
  expect(await outcome(debugged.settled())).toBe(
    `Not settled: there is 1 function running, 1 event for functions. ${why}`,
  );
  const url = `${debugged.endpoint}/_waystation/clock/advance`;
  const answer = fetch(url, { method: "POST", body: JSON.stringify({ duration: "1m" }) });
  const said = await outcome(answer.then(async (response) => [response.status, await response.json()]));
  expect(said).toMatchObject([409, { message: `Time does not move on: ${why}` }]);
  expect(clock.now()).toBe(start);
});

test("invocations are shown with their events, answers and logs", async () => {
  await using gate = await Gate.open();
  gate.release();
  await caller.create(HANDLER);
  const { requestId } = await caller.invoke({ url: gate.url, fails: true });
  const { requestId: second } = await caller.invoke({ url: gate.url });
  const time = formatIso8601(emulator.clock(ACCOUNT).now());
  expect(await emulator.invocations({ function: "f" })).toEqual([
    {
      time,
      account: ACCOUNT,
      functionArn: arnOf("f"),
      requestId,
      cause: "client",
      outcome: "failed",
      executedVersion: "$LATEST",
      durationMs: expect.any(Number),
      eventBytes: JSON.stringify({ url: gate.url, fails: true }).length,
      event: JSON.stringify({ url: gate.url, fails: true }),
      response: expect.stringContaining('"errorMessage":"no"'),
      log: expect.stringContaining(`START RequestId: ${requestId}`),
    },
    expect.objectContaining({ requestId: second, outcome: "answered", response: "1" }),
  ]);
  expect(await emulator.invocations({ function: "g" })).toEqual([]);
  emulator.reset(ACCOUNT);
  expect(await emulator.invocations()).toEqual([]);
});
