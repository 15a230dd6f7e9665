import { expect, test } from "vitest";
import { DelayedInvocations } from "../../../src/delivery/function/delayed-invocations.ts";
import type { InvokeFunction } from "../../../src/engine/invocation.ts";
import { WorkUnderWay } from "../../../src/kernel/event/work-under-way.ts";
import { aFrozenClock } from "../../support/service-call.ts";

const ACCOUNT = "000000000000";
const CALL = { functionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f`, requestId: "r", payload: "{}" };

/** A function that is invoked ten seconds later, by that clock. */
function aDelay(clock: "virtual" | "real") {
  const [own, machine, work] = [aFrozenClock(), aFrozenClock(), new WorkUnderWay()];
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
  const port: ConstructorParameters<typeof DelayedInvocations>[0]["port"] = { present: disturbance };
  const delayed = new DelayedInvocations({ invoke, port, clockOf: () => own, realTime: machine, work });
  return { own, machine, work, port, begun, delayed, invoke: delayed.invoke };
}

const never = new AbortController().signal;

test("a delay by the account's clock does not hold that clock", async () => {
  const { own, work, begun, invoke, delayed } = aDelay("virtual");
  const start = own.now();
  const answer = invoke(CALL, never);
  expect([work.count(), own.pending, begun]).toEqual([0, 1, []]);
  expect(delayed.upcoming(ACCOUNT)).toMatchObject([{ at: start + 10_000, requestId: "r" }]);
  expect([delayed.count(), delayed.count(ACCOUNT), delayed.count("111111111111")]).toEqual([1, 1, 0]);
  own.advance(10_000);
  expect(work.count(), "until the invocation has begun").toBe(1);
  expect(await answer).toEqual({ type: "missing" });
  expect([work.count(), begun, delayed.count()]).toEqual([0, [start + 10_000], 0]);
});

test("a delay by the machine's clock holds the account's", async () => {
  const { own, machine, work, begun, invoke, delayed } = aDelay("real");
  const answer = invoke(CALL, never);
  expect([work.count(), own.pending, begun]).toEqual([1, 0, []]);
  expect([delayed.count(), delayed.upcoming(ACCOUNT)]).toEqual([0, []]);
  machine.advance(10_000);
  await answer;
  expect([work.count(), begun.length]).toEqual([0, 1]);
});

test.for(["virtual", "real"] as const)("who gives up, or closes, ends a wait by the %s clock", async (clock) => {
  const { own, machine, work, delayed, begun, invoke } = aDelay(clock);
  const gone = new AbortController();
  const answers = [invoke(CALL, gone.signal), invoke(CALL, never)];
  gone.abort();
  expect(await answers[0]).toEqual({ type: "stopped" });
  delayed.close();
  expect(await answers[1]).toEqual({ type: "stopped" });
  expect(await invoke(CALL, never)).toEqual({ type: "stopped" });
  expect([own.pending, machine.pending, work.count(), begun]).toEqual([0, 0, 0, []]);
});

test.for(["virtual", "real"] as const)("what waits by the %s clock is given up with its account", async (clock) => {
  const { own, machine, work, delayed, begun, invoke } = aDelay(clock);
  const answer = invoke(CALL, never);
  delayed.reset("111111111111");
  expect(own.pending + machine.pending).toBe(1);
  delayed.reset(ACCOUNT);
  expect(await answer).toEqual({ type: "stopped" });
  expect([own.pending, machine.pending, work.count(), begun]).toEqual([0, 0, 0, []]);
});

test("nothing waits while there are no rules", async () => {
  const { port, begun, invoke } = aDelay("virtual");
  port.present = undefined;
  await invoke(CALL, never);
  expect(begun).toHaveLength(1);
});
