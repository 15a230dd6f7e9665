import { expect, test } from "vitest";
import type { FunctionAnswer } from "../../../../src/engine/invocation.ts";
import { outcomeOf } from "../../../../src/engine/mapping/stream/decision/attempt-outcome.ts";
import { records } from "./a-lane.ts";

const batch = records(0, 0, 0);
const ran = { executedVersion: "$LATEST", log: "" };
const answered = (payload: string): FunctionAnswer => ({ type: "answered", payload, ...ran });
const item = (itemIdentifier: unknown) => ({ itemIdentifier });
const report = (...items: unknown[]) => JSON.stringify({ batchItemFailures: items });
const refused = { result: "failed", isFunctionError: false };

test.for(['""', "[]", "null", "{}", '{"batchItemFailures":[]}', '{"batchItemFailures":null}', '"OK"', "5"])(
  "%s reports no failure",
  (payload) => {
    const expected = { reportsFailures: true, hasWindow: false };
    expect(outcomeOf(answered(payload), batch, expected)).toEqual({ result: "succeeded" });
  },
);

test.for([
  report(item(123)),
  report(item("unknown")),
  report(item("")),
  report(item(null)),
  report({ foo: 123 }),
  report({ foo: null }),
  report(item("n1"), item("unknown")),
  report("n1"),
  report(null),
  '{"batchItemFailures":"n1"}',
  "no JSON",
])("%s fails the whole batch", (payload) => {
  expect(outcomeOf(answered(payload), batch, { reportsFailures: true, hasWindow: false })).toEqual(refused);
});

test.for([
  { items: ["n1"], from: 1 },
  { items: ["n2", "n1"], from: 1 },
  { items: ["n0", "n1", "n2"], from: 0 },
])("of $items the first is where the batch goes on", ({ items, from }) => {
  const outcome = outcomeOf(answered(report(...items.map(item))), batch, { reportsFailures: true, hasWindow: false });
  expect(outcome).toEqual({ ...refused, from });
});

test("who does not ask for reports does not look at the answer", () => {
  const expected = { reportsFailures: false, hasWindow: false };
  expect(outcomeOf(answered(report(item("unknown"))), batch, expected)).toEqual({ result: "succeeded" });
});

test.for([
  { payload: '{"state":{"a":1}}', outcome: { result: "succeeded", state: '{"a":1}' } },
  { payload: '{"state":{},"batchItemFailures":[]}', outcome: { result: "succeeded", state: "{}" } },
  { payload: '{"state":[]}', outcome: refused },
  { payload: '{"state":"a"}', outcome: refused },
  { payload: "{}", outcome: refused },
  { payload: "null", outcome: refused },
  {
    payload: '{"state":{},"batchItemFailures":[{"itemIdentifier":"n2"}]}',
    outcome: { ...refused, from: 2, state: "{}" },
  },
])("within a window $payload is $outcome", ({ payload, outcome }) => {
  expect(outcomeOf(answered(payload), batch, { reportsFailures: true, hasWindow: true })).toEqual(outcome);
});

test.for<[string, FunctionAnswer, object]>([
  ["a function error", { type: "failed", payload: "{}", ...ran }, { result: "failed", isFunctionError: true }],
  ["a throttled call", { type: "throttled", reason: "ConcurrentInvocationLimitExceeded" }, { result: "notMade" }],
  ["a missing function", { type: "missing" }, { result: "notMade" }],
  ["a function that nobody runs", { type: "unreachable", reason: "Nobody." }, { result: "notMade" }],
])("%s is told apart", ([, answer, outcome]) => {
  expect(outcomeOf(answer, batch, { reportsFailures: true, hasWindow: true })).toEqual(outcome);
});
