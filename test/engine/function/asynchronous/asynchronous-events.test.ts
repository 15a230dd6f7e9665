import { expect, test } from "vitest";
import { AsynchronousDirectory } from "../../../../src/engine/function/asynchronous/asynchronous-directory.ts";
import type { AsynchronousLimits } from "../../../../src/engine/function/asynchronous/asynchronous-events.ts";
import type {
  AsynchronousSettings,
  EndedEvent,
  OwedEvent,
} from "../../../../src/engine/function/asynchronous/owed-event.ts";
import type { FunctionAnswer } from "../../../../src/engine/invocation.ts";
import { seededIds } from "../../../../src/kernel/ids.ts";
import { scopeOf } from "../../../../src/kernel/scope.ts";
import { ControlledClock } from "../../../../src/kernel/time/controlled-clock.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const SCOPE = scopeOf("000000000000", "us-east-1");
const ARN = "arn:aws:lambda:us-east-1:000000000000:function:f";
const EXECUTED = { executedVersion: "$LATEST", log: "" };
const ERROR = '{"errorType":"Error","errorMessage":"no"}';
const FAILED: FunctionAnswer = { type: "failed", payload: ERROR, ...EXECUTED };
const THROTTLED: FunctionAnswer = { type: "throttled", reason: "ConcurrentInvocationLimitExceeded" };

interface Choice {
  readonly settings?: Partial<AsynchronousSettings>;
  readonly limits?: AsynchronousLimits;
}

/** Events of one account, each attempted as soon as it is due; every attempt comes out as the test says at that moment. */
function attempting({ settings, limits }: Choice = {}) {
  const clock = new ControlledClock({ now: () => 0, at: () => () => {} });
  clock.freeze();
  const attempts: { readonly atMs: number; readonly requestId: string }[] = [];
  const ends: EndedEvent[] = [];
  const state: { answer: FunctionAnswer; settings: AsynchronousSettings | undefined } = {
    answer: FAILED,
    settings: { qualifiedArn: `${ARN}:$LATEST`, retryCount: 2, maxAgeMs: 6 * HOUR, isStopped: false, ...settings },
  };
  const waiting: OwedEvent[] = [];
  const directory = new AsynchronousDirectory({
    clockOf: () => clock,
    ids: seededIds("asynchronous"),
    settingsOf: () => state.settings,
    due: (_events, event) => void waiting.push(event),
    ...(limits && { limits }),
  });
  const events = () => directory.in(SCOPE);
  const attempt = () => {
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
      attempts.push({ atMs: clock.now(), requestId: event.requestId });
      const end = events().conclude(event.requestId, state.answer);
      if (end !== undefined) ends.push(end);
    }
  };
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= SECOND) {
      clock.advance(Math.min(SECOND, left));
      attempt();
    }
  };
  const queue = (payload = "{}", requestId?: string) => {
    const answer = directory.queue({ functionArn: ARN, payload, requestId });
    attempt();
    return answer.requestId;
  };
  return { clock, directory, events, attempts, ends, state, waiting, attempt, pass, queue };
}

test("a function that fails gets its event again after one minute, then after two more, under one request id", () => {
  const it = attempting();
  const requestId = it.queue();
  it.pass(HOUR);
  expect(it.attempts).toEqual([0, MINUTE, 3 * MINUTE].map((atMs) => ({ atMs, requestId })));
  expect(it.ends).toMatchObject([
    {
      condition: "RetriesExhausted",
      invokeCount: 3,
      response: { executedVersion: "$LATEST", payload: ERROR },
      givenUp: { errorCode: 200, errorMessage: "no" },
    },
  ]);
  expect(it.events().isEmpty).toBe(true);
});

test.for([
  { retryCount: 0, instants: [0] },
  { retryCount: 1, instants: [0, MINUTE] },
  { retryCount: 2, instants: [0, MINUTE, 3 * MINUTE] },
])("MaximumRetryAttempts of $retryCount is that many retries", ({ retryCount, instants }) => {
  const it = attempting({ settings: { retryCount } });
  it.queue();
  it.pass(HOUR);
  expect(it.attempts.map(({ atMs }) => atMs)).toEqual(instants);
});

test.for([
  { maxAgeMs: MINUTE, count: 1 },
  { maxAgeMs: MINUTE + 1, count: 2 },
  { maxAgeMs: 90 * SECOND, count: 2 },
  { maxAgeMs: 3 * MINUTE, count: 2 },
])("an event that would be $maxAgeMs ms old by its next attempt is given up at once", ({ maxAgeMs, count }) => {
  const it = attempting({ settings: { maxAgeMs } });
  it.queue();
  it.pass(count === 1 ? 0 : MINUTE);
  expect(it.ends).toMatchObject([{ condition: "EventAgeExceeded", invokeCount: count, response: { payload: ERROR } }]);
});

test("throttles are tried again after 1 s, 2 s and so on up to 5 min, without counting as attempts", () => {
  const it = attempting();
  it.state.answer = THROTTLED;
  it.queue();
  it.pass(HOUR);
  const waits = it.attempts.slice(1).map(({ atMs }, index) => (atMs - it.attempts[index]!.atMs) / SECOND);
  expect(waits.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  it.state.answer = FAILED;
  it.pass(HOUR);
  expect(it.ends).toMatchObject([{ condition: "RetriesExhausted", invokeCount: 3 }]);
});

test("what was never run ends by its age alone, and says why nobody ran it", () => {
  const it = attempting();
  it.state.answer = { type: "unreachable", reason: "Node is not installed." };
  it.queue();
  it.pass(6 * HOUR - 1);
  expect(it.ends).toMatchObject([
    {
      condition: "EventAgeExceeded",
      invokeCount: 0,
      response: undefined,
      givenUp: { errorCode: 500, errorMessage: "Node is not installed." },
    },
  ]);
});

test("a failure starts the doubling of waits anew", () => {
  const it = attempting();
  it.state.answer = THROTTLED;
  it.queue();
  it.pass(3 * SECOND);
  it.state.answer = FAILED;
  it.pass(4 * SECOND);
  it.state.answer = THROTTLED;
  it.pass(MINUTE + SECOND);
  expect(it.attempts.map(({ atMs }) => atMs / SECOND)).toEqual([0, 1, 3, 7, 67, 68]);
});

test("a function with no concurrency at all gives its events up at once", () => {
  const it = attempting({ settings: { isStopped: true } });
  it.state.answer = { type: "throttled", reason: "ReservedFunctionConcurrentInvocationLimitExceeded" };
  it.queue();
  expect(it.ends).toMatchObject([
    { condition: "ZeroReservedConcurrency", invokeCount: 0, givenUp: { errorCode: 429 } },
  ]);
});

test("events of a function that is no more are dropped", () => {
  const it = attempting();
  it.queue();
  it.state.answer = { type: "missing" };
  it.pass(MINUTE);
  expect([it.events().isEmpty, it.ends]).toEqual([true, []]);
});

test("what is configured counts when it is decided", () => {
  const it = attempting();
  it.queue();
  it.state.settings = { ...it.state.settings!, retryCount: 1, onFailure: "arn:aws:sqs:us-east-1:000000000000:q" };
  it.pass(MINUTE);
  expect(it.ends).toMatchObject([{ invokeCount: 2, settings: { onFailure: "arn:aws:sqs:us-east-1:000000000000:q" } }]);
});

test("an event that grew too old while it waited for its turn is given up without an attempt", () => {
  const it = attempting({ settings: { maxAgeMs: MINUTE } });
  const { requestId } = it.directory.queue({ functionArn: ARN, payload: "{}" });
  it.clock.advance(MINUTE - 1);
  expect(it.events().expire(requestId)).toBeUndefined();
  it.clock.advance(1);
  expect(it.events().expire(requestId)).toMatchObject({ condition: "EventAgeExceeded", invokeCount: 0 });
});

test("a request id that is given is kept, unless an event of it is owed already", () => {
  const it = attempting();
  expect(it.queue("{}", "mine")).toBe("mine");
  expect(it.queue("{}", "mine")).not.toBe("mine");
});

test("more is not taken than the limits say, of events and of bytes", () => {
  const few = attempting({ limits: { events: 2, bytes: 10_000 } });
  few.queue();
  few.queue();
  expect(() => few.queue()).toThrow("Rate Exceeded.");
  const short = attempting({ limits: { events: 100, bytes: 2000 } });
  short.queue(JSON.stringify("x".repeat(1000)));
  expect(() => short.queue(JSON.stringify("x".repeat(1000)))).toThrow("Rate Exceeded.");
  short.pass(HOUR);
  expect(() => short.queue(JSON.stringify("x".repeat(1000)))).not.toThrow();
});

test("the message of a dead letter has a kilobyte at most, and no half character", () => {
  const it = attempting({ settings: { retryCount: 0 } });
  it.state.answer = { type: "failed", payload: JSON.stringify({ errorMessage: `x${"😀".repeat(600)}` }), ...EXECUTED };
  it.queue();
  expect(it.ends[0]?.givenUp?.errorMessage).toBe(`x${"😀".repeat(255)}`);
});

test("a thousand events of one instant are handed over in a turn, more in later ones", async () => {
  const it = attempting();
  for (let count = 0; count < 2500; count++) it.queue();
  it.clock.advance(MINUTE - 1);
  expect(it.waiting).toHaveLength(0);
  await it.clock.advanceInTurns(1);
  expect(it.waiting).toHaveLength(2500);
});

test("a clock that is closed hands nothing over, and what was forgotten never comes", () => {
  const it = attempting();
  it.queue();
  it.directory.close();
  it.clock.advance(MINUTE);
  expect(it.waiting).toHaveLength(0);
  it.directory.reset(SCOPE.account);
  expect(it.events().isEmpty).toBe(true);
  expect(it.events().conclude("anything", FAILED)).toBeUndefined();
});
