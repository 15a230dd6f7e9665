import { beforeEach, describe, expect, test } from "vitest";
import { Refusal, type RuntimeAnswer, RuntimeSession, type TakenTask } from "../../../src/runtime/api/session.ts";
import { anInvocation } from "../../support/runtime.ts";

let session: RuntimeSession;
let told: string[];
let given: TakenTask[];
let refused: Refusal[];

beforeEach(() => {
  told = [];
  given = [];
  refused = [];
  session = new RuntimeSession({ onReady: () => told.push("ready"), onInitError: (document) => told.push(document) });
});

const next = () =>
  session.next({ give: (task) => void given.push(task), refuse: (refusal) => void refused.push(refusal) });

function offer(requestId: string): RuntimeAnswer[] {
  const answers: RuntimeAnswer[] = [];
  const onAnswer = (answer: RuntimeAnswer): void => void answers.push(answer);
  session.offer({ invocation: anInvocation({}, { requestId }), onTaken: () => 1234, onAnswer });
  return answers;
}

function answer(id: string, payload = "1"): void {
  session.finish(session.begin(id, "InvocationResponse"), { type: "answered", payload });
}

/** What a call is refused with. */
function refusalOf(call: () => unknown) {
  try {
    call();
  } catch (cause) {
    if (cause instanceof Refusal) return { status: cause.status, errorType: cause.errorType, message: cause.message };
    throw cause;
  }
  return undefined;
}

const forbidden = (from: string, to: string) => ({
  status: 403,
  errorType: "InvalidStateTransition",
  message: `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`,
});
const invalidId = { status: 400, errorType: "InvalidRequestID", message: "Invalid request ID" };

describe("a process", () => {
  test("is given what was offered before it asked, and what is offered while it waits", () => {
    const first = offer("a");
    next();
    expect(given.map(({ invocation, deadlineMs }) => [invocation.requestId, deadlineMs])).toEqual([["a", 1234]]);
    answer("a", "one");
    next();
    const second = offer("b");
    answer("b", "two");
    expect([first, second]).toEqual([[{ type: "answered", payload: "one" }], [{ type: "answered", payload: "two" }]]);
    expect(told).toEqual(["ready"]);
  });

  test("that asks again without an answer is given the same event, with the same deadline", () => {
    offer("a");
    next();
    next();
    expect(given[1]).toBe(given[0]);
  });

  test("that hung up is given nothing", () => {
    next()();
    offer("a");
    expect(given).toEqual([]);
    next();
    expect(given).toHaveLength(1);
  });

  test("waits once: an earlier wait is refused", () => {
    next();
    next();
    offer("a");
    expect(refused.map(({ message }) => message)).toEqual([forbidden("Ready", "Ready").message]);
    expect(given).toHaveLength(1);
  });

  test("whose event nobody waits for any more answers in vain, and goes on", () => {
    const answers = offer("a");
    next();
    session.withdraw();
    expect(refusalOf(() => answer("a"))).toEqual(invalidId);
    next();
    offer("b");
    answer("b");
    expect(answers).toEqual([]);
    expect(given.map(({ invocation }) => invocation.requestId)).toEqual(["a", "b"]);
  });

  test("may fail to start, and then be followed by another", () => {
    session.failInit("no");
    expect(told).toEqual(["no"]);
    expect(refusalOf(next)).toEqual(forbidden("InitError", "Ready"));
    expect(refusalOf(() => session.failInit("again"))).toEqual(forbidden("InitError", "InitError"));
    session.restart();
    next();
    expect(told).toEqual(["no", "ready"]);
  });
});

describe("a call is refused", () => {
  test("for the id of another invocation, or of one that has its answer", () => {
    offer("a");
    expect(refusalOf(() => answer("a"))).toEqual(invalidId);
    next();
    expect(refusalOf(() => answer("b"))).toEqual(invalidId);
    answer("a");
    expect(refusalOf(() => answer("a"))).toEqual(invalidId);
  });

  test("for a start that failed after the first event was asked for", () => {
    next();
    expect(refusalOf(() => session.failInit("late"))).toEqual(forbidden("Ready", "InitError"));
    offer("a");
    expect(refusalOf(() => session.failInit("late"))).toEqual(forbidden("Running", "InitError"));
    answer("a");
    expect(refusalOf(() => session.failInit("late"))).toEqual(forbidden("ResponseSent", "InitError"));
  });

  test("while an answer is on its way, until that breaks off", () => {
    const answers = offer("a");
    next();
    session.begin("a", "InvocationResponse");
    expect(refusalOf(next)).toEqual(forbidden("InvocationResponse", "Ready"));
    const failing = refusalOf(() => session.begin("a", "InvocationErrorResponse"));
    expect(failing).toEqual(forbidden("InvocationResponse", "InvocationErrorResponse"));
    session.breakOff();
    answer("a");
    expect(answers).toHaveLength(1);
  });
});
