import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";
import { formatIso8601 } from "../../src/kernel/time/iso8601.ts";
import { Gate } from "../support/gate.ts";
import { ACCOUNT, arnOf } from "../support/lambda.ts";
import { aLambdaServer, FunctionCaller } from "../support/lambda-server.ts";

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
