import { expect, test } from "vitest";
import { InvocationLog } from "../../../src/delivery/function/invocation-log.ts";
import type { FunctionAnswer, FunctionCall } from "../../../src/engine/invocation.ts";

const ARN = "arn:aws:lambda:us-east-1:111111111111:function:f";
const times = { startedAt: 1, endedAt: 2, durationMs: 3 };
const answered = { type: "answered", payload: "1", executedVersion: "$LATEST", log: "log" } as const;
const aCall = (given: Partial<FunctionCall> = {}): FunctionCall => {
  return { functionArn: ARN, requestId: "r", payload: "{}", ...given };
};

test("what came of an invocation is kept, and of long texts the beginning", () => {
  const log = new InvocationLog();
  const source = "arn:aws:sqs:us-east-1:111111111111:q";
  const cause = { kind: "mapping", source, messageIds: ["a", "b"] } as const;
  log.add(aCall({ payload: `"${"ü".repeat(5000)}"`, cause }), { ...answered, payload: "é".repeat(5000) }, times);
  log.add(aCall(), { type: "throttled", reason: "ConcurrentInvocationLimitExceeded" }, times);
  const [first, second] = log.page({ limit: 10 }).invocations;
  expect(first).toMatchObject({ cause, ...times, eventBytes: 10_002, outcome: "answered", log: "log" });
  expect([first?.event.length, first?.response?.length]).toEqual([4096, 4096]);
  expect(second).toMatchObject({
    cause: { kind: "client" },
    outcome: "throttled",
    reason: "ConcurrentInvocationLimitExceeded",
    response: undefined,
  });
  expect(log.of("b").map(({ order }) => order)).toEqual([first?.order]);
});

test("they are found by function and account, a page at a time", () => {
  const log = new InvocationLog();
  const other = ARN.replace("111111111111", "222222222222");
  for (const functionArn of [`${ARN}:live`, ARN, `${ARN}2`, other]) log.add(aCall({ functionArn }), answered, times);
  const found = (query: object) => log.page({ limit: 10, ...query }).invocations.map(({ functionArn }) => functionArn);
  expect(found({ function: "f" })).toEqual([`${ARN}:live`, ARN, other]);
  expect(found({ function: ARN })).toEqual([`${ARN}:live`, ARN]);
  expect(found({ account: "222222222222" })).toEqual([other]);
  const page = log.page({ limit: 3 });
  expect(page.invocations).toHaveLength(3);
  expect(log.page({ limit: 3, after: page.next }).invocations.map(({ functionArn }) => functionArn)).toEqual([other]);
  expect(log.page({ limit: 1, after: page.next }).next).toBeUndefined();
  const newest = log.page({ limit: 1, newest: true });
  expect(newest.invocations.map(({ functionArn }) => functionArn)).toEqual([other]);
  const rest = log.page({ limit: 10, newest: true, after: newest.next }).invocations.map(({ order }) => order);
  expect(rest).toEqual([...page.invocations].reverse().map(({ order }) => order));
  log.reset("111111111111");
  expect(found({})).toEqual([other]);
});

test("of many the latest are kept, and of all accounts together no more than that", () => {
  const limits = { each: { items: 2, characters: 1000 }, all: { items: 3, characters: 1000 } };
  const log = new InvocationLog(limits);
  const missing: Exclude<FunctionAnswer, { readonly type: "stopped" }> = { type: "missing" };
  for (const requestId of ["1", "2", "3"]) log.add(aCall({ requestId }), missing, times);
  const elsewhere = ARN.replace("111111111111", "222222222222");
  for (const requestId of ["4", "5"]) log.add(aCall({ requestId, functionArn: elsewhere }), missing, times);
  expect(log.page({ limit: 10 }).invocations.map(({ requestId }) => requestId)).toEqual(["3", "4", "5"]);
});

test("an event that SNS made says of which message it is", () => {
  const log = new InvocationLog();
  const source = "arn:aws:sns:us-east-1:111111111111:t";
  const Sns = { Type: "Notification", MessageId: "m", TopicArn: source };
  const payload = JSON.stringify({ Records: [{ EventSource: "aws:sns", EventVersion: "1.0", Sns }] });
  log.add(aCall({ payload, cause: { kind: "event" } }), answered, times);
  expect(log.of("m").map(({ cause }) => cause)).toEqual([{ kind: "event", source, messageIds: ["m"] }]);
});
