import { expect, test } from "vitest";
import { nextTurn } from "../../../../src/kernel/time/system-clock.ts";
import { ACCOUNT, MINUTE, SECOND } from "../../../support/queue.ts";
import { anInvoking, DONE, FAILED } from "./fixture.ts";

test("an event is attempted at once, with what it was queued with", () => {
  using it = anInvoking();
  const functionArn = it.function("f", DONE);
  const { requestId } = it.queueEvent({ functionArn: `${functionArn}:$LATEST`, payload: '{"a":1}', traceId: "Root=1" });
  expect(it.calls).toEqual([
    {
      ...{ functionArn: `${functionArn}:$LATEST`, requestId, payload: '{"a":1}', traceId: "Root=1" },
      cause: { kind: "event" },
    },
  ]);
});

test("what succeeded is owed no more, and what fails is attempted three times under one request id", async () => {
  using it = anInvoking();
  it.queueEvent({ functionArn: it.function("good", DONE), payload: "{}" });
  const { requestId } = it.queueEvent({ functionArn: it.function("bad", FAILED), payload: "{}" });
  await it.pass(10 * MINUTE);
  expect(it.calls.map(({ requestId: id }) => id).filter((id) => id === requestId)).toHaveLength(3);
  expect(it.calls).toHaveLength(4);
  expect(it.invocations.directory.within({})).toEqual([]);
});

test("five events of a function run at a time, and do not hold up those of another", async () => {
  using it = anInvoking();
  const [slow, other] = [it.function("slow"), it.function("other")];
  for (let number = 1; number <= 7; number++) it.queueEvent({ functionArn: slow, payload: String(number) });
  it.queueEvent({ functionArn: other, payload: '"other"' });
  expect(it.open.map(({ payload }) => payload)).toEqual(["1", "2", "3", "4", "5", '"other"']);
  expect(it.invocations.pending(ACCOUNT)).toEqual({ waiting: 0, ready: 2, running: 6 });
  it.open[2]?.answer(DONE);
  await nextTurn();
  expect(it.open.at(-1)?.payload).toBe("6");
  for (const call of it.open) call.answer(DONE);
  await nextTurn();
  for (const call of it.open) call.answer(DONE);
  await nextTurn();
  expect(it.invocations.pending()).toEqual({ waiting: 0, ready: 0, running: 0 });
});

test("an event that grew too old behind others is given up without an attempt", async () => {
  using it = anInvoking();
  const functionArn = it.function("slow");
  const queue = it.create("failed");
  it.own.invokeConfigs.set("slow", undefined, { maxAgeMs: MINUTE, onFailure: queue.arn });
  for (let number = 1; number <= 6; number++) it.queueEvent({ functionArn, payload: String(number) });
  it.clock.advance(MINUTE);
  it.open[0]?.answer(DONE);
  await nextTurn();
  expect(it.open).toHaveLength(5);
  const [record] = queue.receive({ max: 10 }).map(({ message }) => JSON.parse(message.body));
  expect(record).toMatchObject({
    requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 0 },
    requestPayload: 6,
  });
  expect(record).not.toHaveProperty("responseContext");
  expect(record).not.toHaveProperty("responsePayload");
});

test("what is forgotten is given up, and nothing comes of its answer", async () => {
  using it = anInvoking();
  const queue = it.create("told");
  const functionArn = it.function("f");
  it.own.invokeConfigs.set("f", undefined, { onSuccess: queue.arn });
  for (let number = 1; number <= 6; number++) it.queueEvent({ functionArn, payload: String(number) });
  it.invocations.reset(ACCOUNT);
  expect(it.open.map(({ signal }) => signal.aborted)).toEqual([true, true, true, true, true]);
  for (const call of it.open) call.answer(DONE);
  await nextTurn();
  expect([it.calls.length, queue.receive({ max: 1 }), it.invocations.pending()]).toEqual([
    5,
    [],
    { waiting: 0, ready: 0, running: 0 },
  ]);
});

test("closing gives attempts up and leaves what is owed to whoever goes on with it", async () => {
  using it = anInvoking();
  const functionArn = it.function("f");
  const { requestId } = it.queueEvent({ functionArn, payload: "{}" });
  it.queueEvent({ functionArn: it.function("g", FAILED), payload: "{}" });
  await nextTurn();
  it.invocations.close();
  expect(it.open[0]?.signal.aborted).toBe(true);
  it.open[0]?.answer({ type: "stopped" });
  await it.pass(2 * MINUTE);
  expect(it.calls).toHaveLength(2);
  const entries = [...it.invocations.directory.entries()].map(({ event }) => event);
  expect(entries).toMatchObject([{ type: "eventKept", requestId, attempts: 0 }, { attempts: 1 }]);
});

test("an attempt that was stopped though nobody forgot its event is made again", async () => {
  using it = anInvoking();
  it.queueEvent({ functionArn: it.function("f"), payload: "{}" });
  it.open[0]?.answer({ type: "stopped" });
  await it.pass(SECOND);
  expect(it.open).toHaveLength(2);
});
