import { expect, test } from "vitest";
import { compileFilterPolicy } from "../../../../src/engine/pattern/filter-policy.ts";
import { MessageView } from "../../../../src/engine/pattern/matching/message-view.ts";

function acceptsText(policy: unknown, body: string): boolean {
  const result = compileFilterPolicy(JSON.stringify(policy), "MessageBody");
  if ("error" in result) throw new Error(result.error.message);
  return result.policy.accepts(new MessageView({ body }));
}

function accepts(policy: unknown, message: unknown): boolean {
  return acceptsText(policy, JSON.stringify(message));
}

test.for(["plain text", '"text"', "[]", '[{"key":"a"}]', "5", "null", "", '{"key":"a"', '{"key":"a"} x'])(
  "a body that is not a JSON object, %j, meets no policy but the empty one",
  (body) => {
    expect(acceptsText({ key: ["a"] }, body)).toBe(false);
    expect(acceptsText({ other: [{ exists: false }] }, body)).toBe(false);
    expect(acceptsText({}, body)).toBe(true);
  },
);

// Recorded: names on the way are joined by dots, in the policy as in the message.
test.for([
  [{ "object.nested": ["v"] }, { object: { nested: "v" } }],
  [{ "object.nested": ["v"] }, { "object.nested": "v" }],
  [{ object: { nested: ["v"] } }, { "object.nested": "v" }],
  [{ "a.b.c": ["v"] }, { a: { "b.c": "v" } }],
  [{ a: { "b.c": ["v"] } }, { "a.b": { c: "v" } }],
])("%j is met by %j", ([policy, message]) => {
  expect(accepts(policy, message)).toBe(true);
});

// Recorded.
test("arrays add nothing to the way to a value", () => {
  expect(accepts({ headers: { "route-to": ["queue1"] } }, { headers: { "route-to": ["queue1", "queue2"] } })).toBe(
    true,
  );
  expect(
    accepts(
      { Records: { s3: { object: { key: [{ prefix: "auto-" }] } }, eventName: [{ prefix: "ObjectCreated:" }] } },
      { Records: [{ s3: { object: [[{ key: "auto-1" }]] }, eventName: "ObjectCreated:Put" }, { other: 1 }] },
    ),
  ).toBe(true);
});

// Recorded.
test.for([
  [{ object: { key: "auto-test" } }, true],
  [{ object: { key: "hardcodedvalue" } }, true],
  [{ object: { key: "test-auto" } }, false],
  [{ object: { key: "auto-test" }, test: "x" }, false],
  [{ object: { key: "auto-test", nested_key: "x" } }, false],
  [{ object: { other: "x" } }, false],
] as const)("with conditions on absence, %j: %s", ([message, expected]) => {
  const policy = {
    object: { key: [{ prefix: "auto-" }, "hardcodedvalue"], nested_key: [{ exists: false }] },
    test: [{ exists: false }],
  };
  expect(accepts(policy, message)).toBe(expected);
});

// Recorded.
test.for([
  [{ metricName: "CPUUtilization", detail: { scope: "Service", source: "aws.cloudwatch" } }, true],
  [{ metricName: "ReadLatency", detail: { scope: "Service", source: "aws.cloudwatch" } }, true],
  [{ namespace: "AWS/EC2", detail: { scope: "Service", source: "aws.cloudwatch" } }, true],
  [{ namespace: "AWS/ES", detail: { scope: "Service", source: "aws.cloudwatch" } }, true],
  [{ metricName: "CPUUtilization", detail: { scope: "Service", type: "CloudWatch Alarm State Change" } }, true],
  [{ metricName: "CPUUtilization", detail: { scope: "Other", source: "aws.cloudwatch" } }, false],
  [{ metricName: "CPUUtilization", detail: { source: "aws.cloudwatch" } }, false],
  [{ metricName: "CPUUtilization", detail: { scope: "Service", type: "Other" } }, false],
  [{ metricName: "CPUUtilization", detail: { scope: "Service" } }, false],
  [{ metricName: "AWS/EC2", detail: { scope: "Service", source: "aws.cloudwatch" } }, false],
  [{ namespace: "CPUUtilization", detail: { scope: "Service", source: "aws.cloudwatch" } }, false],
  [{ metricName: "CPUUtilization", scope: "Service", detail: { source: "aws.cloudwatch" } }, false],
] as const)("with $or at two levels, %j: %s", ([message, expected]) => {
  const policy = {
    $or: [{ metricName: ["CPUUtilization", "ReadLatency"] }, { namespace: ["AWS/EC2", "AWS/ES"] }],
    detail: {
      scope: ["Service"],
      $or: [{ source: ["aws.cloudwatch"] }, { type: ["CloudWatch Alarm State Change"] }],
    },
  };
  expect(accepts(policy, message)).toBe(expected);
});

test("a large body is matched on one deep path", () => {
  const filler = Array.from({ length: 400 }, (_, index) => ({ id: index, text: "x".repeat(80) }));
  expect(accepts({ a: { b: { c: ["v"] } } }, { filler, a: { b: { c: "v" } } })).toBe(true);
  expect(accepts({ a: { b: { c: ["v"] } } }, { filler, a: { b: { c: "w" } } })).toBe(false);
});

test("names that objects have by themselves are names like others", () => {
  expect(acceptsText({ constructor: ["a"] }, '{"constructor":"a"}')).toBe(true);
  expect(acceptsText({ constructor: [{ exists: true }] }, "{}")).toBe(false);
  expect(acceptsText(JSON.parse('{"__proto__":["a"]}'), '{"__proto__":"a"}')).toBe(true);
});

test("a long way to a value is as good as a short one", () => {
  const name = "k".repeat(30_000);
  expect(accepts({ [name]: { a: ["x"] } }, { [name]: { a: "x" } })).toBe(true);
  expect(accepts({ [name]: { a: ["x"] } }, { [name]: { a: "y" } })).toBe(false);
});

test("a message of 200 KB whose ways are gigabytes together is read in time, and the rest of it still counts", () => {
  const crowd = Object.fromEntries(Array.from({ length: 10_000 }, (_, number) => [`n${100_000 + number}`, 1]));
  const message = { ["k".repeat(60_000)]: crowd, last: "x" };
  expect(accepts({ last: ["x"] }, message)).toBe(true);
  expect(accepts({ last: ["y"] }, message)).toBe(false);
});
