import { expect, test } from "vitest";
import { delayed } from "../../../src/delivery/function/delayed-invoke.ts";
import type { InvokeFunction } from "../../../src/engine/invocation.ts";
import { WorkUnderWay } from "../../../src/kernel/event/work-under-way.ts";
import { aFrozenClock } from "../../support/service-call.ts";

const CALL = { functionArn: "arn:aws:lambda:us-east-1:000000000000:function:f", requestId: "r", payload: "{}" };

/** A function that is invoked ten seconds later, by that clock. */
function aDelay(clock: "virtual" | "real") {
  const [own, machine, work, closing] = [aFrozenClock(), aFrozenClock(), new WorkUnderWay(), new AbortController()];
  const begun: number[] = [];
  const invoke: InvokeFunction = async (_call, { aborted }) => {
    begun.push(own.now());
    return aborted ? { type: "stopped" } : { type: "missing" };
  };
  const disturbance = {
    delays: () => [{ durationMs: 10_000, clock }],
    mishap: () => undefined,
    startsCold: () => false,
  };
  const port: Parameters<typeof delayed>[1]["port"] = { present: disturbance };
  const deps = { port, clockOf: () => own, realTime: machine, work, closing: closing.signal };
  return { own, machine, work, closing, port, begun, invoke: delayed(invoke, deps) };
}

const never = new AbortController().signal;

test("a delay by the account's clock does not hold that clock", async () => {
  const { own, work, begun, invoke } = aDelay("virtual");
  const start = own.now();
  const answer = invoke(CALL, never);
  expect([work.count(), own.pending, begun]).toEqual([0, 1, []]);
  own.advance(10_000);
  expect(work.count(), "until the invocation has begun").toBe(1);
  expect(await answer).toEqual({ type: "missing" });
  expect([work.count(), begun]).toEqual([0, [start + 10_000]]);
});

test("a delay by the machine's clock holds the account's", async () => {
  const { own, machine, work, begun, invoke } = aDelay("real");
  const answer = invoke(CALL, never);
  expect([work.count(), own.pending, begun]).toEqual([1, 0, []]);
  machine.advance(10_000);
  await answer;
  expect([work.count(), begun.length]).toEqual([0, 1]);
});

test.for(["virtual", "real"] as const)("who gives up, or closes, ends a wait by the %s clock", async (clock) => {
  const { own, machine, work, closing, invoke } = aDelay(clock);
  const gone = new AbortController();
  const answers = [invoke(CALL, gone.signal), invoke(CALL, never)];
  gone.abort();
  expect(await answers[0]).toEqual({ type: "stopped" });
  closing.abort();
  expect(await answers[1]).toEqual({ type: "stopped" });
  expect([own.pending, machine.pending, work.count()]).toEqual([0, 0, 0]);
});

test("nothing waits while there are no rules", async () => {
  const { port, begun, invoke } = aDelay("virtual");
  port.present = undefined;
  await invoke(CALL, never);
  expect(begun).toHaveLength(1);
});
