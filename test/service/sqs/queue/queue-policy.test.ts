import { expect, test } from "vitest";
import { aService } from "../../../support/sqs.ts";

// §3, §11

const statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage" };
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `sqs:Action${index}`);
const conditions = (count: number) => ({ StringEquals: Object.fromEntries(names(count).map((name) => [name, "x"])) });
const padded = (bytes: number): string => {
  const policy = JSON.stringify({ Id: "", Statement: statement });
  return policy.replace('"Id":""', `"Id":"${"x".repeat(bytes - policy.length)}"`);
};

test.for<[title: string, policy: string]>([
  ["no JSON", "{"],
  ["a list", "[]"],
  ["no statement", "{}"],
  ["an empty list of statements", '{"Statement":[]}'],
  ["another version", JSON.stringify({ Version: "2020-01-01", Statement: statement })],
  ["another effect", JSON.stringify({ Statement: { ...statement, Effect: "Maybe" } })],
  ["an effect that is an object", JSON.stringify({ Statement: { ...statement, Effect: { toString: 1 } } })],
  ["no principal", JSON.stringify({ Statement: { ...statement, Principal: undefined } })],
  ["a principal that is a mere name", JSON.stringify({ Statement: { ...statement, Principal: "me" } })],
  ["no action", JSON.stringify({ Statement: { ...statement, Action: undefined } })],
  ["actions that are no texts", JSON.stringify({ Statement: { ...statement, Action: [1] } })],
  ["a statement that is a text", '{"Statement":"x"}'],
  ["a condition that is a text", JSON.stringify({ Statement: { ...statement, Condition: "x" } })],
  ["a condition that tests a text", JSON.stringify({ Statement: { ...statement, Condition: { Bool: "x" } } })],
])("a policy cannot have %s", ([, Policy]) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { Policy } })).toEqual({
    code: "InvalidAttributeValue",
    status: 400,
    message: "Invalid value for the parameter Policy.",
  });
});

test.for<[title: string, policy: string]>([
  [
    "20 statements",
    JSON.stringify({ Statement: Array(20).fill({ Effect: "Deny", NotPrincipal: { Service: "x" }, NotAction: "*" }) }),
  ],
  ["50 principals", JSON.stringify({ Statement: { ...statement, Principal: { AWS: Array(50).fill("*") } } })],
  ["7 actions", JSON.stringify({ Statement: { ...statement, Action: names(7) } })],
  ["10 conditions", JSON.stringify({ Version: "2008-10-17", Statement: { ...statement, Condition: conditions(10) } })],
  ["8192 bytes", padded(8192)],
])("a policy can have %s", ([, Policy]) => {
  const { createQueue, attributesOf } = aService();
  expect(attributesOf(createQueue("orders", { Policy })).Policy).toBe(Policy);
});

// Of principals and conditions the text is ours.
test.for<[title: string, policy: string, message: string]>([
  ["its bytes", padded(8193), "Submitted policy is over max allowed size."],
  [
    "its statements",
    JSON.stringify({ Statement: Array(21).fill(statement) }),
    "21 statements were found in the submitted policy, max allowed is 20",
  ],
  [
    "the actions of a statement",
    JSON.stringify({ Statement: [statement, { ...statement, Action: names(8) }] }),
    "8 actions were found in a statement from the submitted policy, max allowed is 7",
  ],
  [
    "the principals of a statement",
    JSON.stringify({ Statement: { ...statement, Principal: { AWS: Array(51).fill("*") } } }),
    "51 principals were found in a statement from the submitted policy, max allowed is 50",
  ],
  [
    "the conditions of a statement",
    JSON.stringify({ Statement: { ...statement, Condition: conditions(11) } }),
    "11 conditions were found in a statement from the submitted policy, max allowed is 10",
  ],
])("a policy beyond the quota of %s is refused", ([, Policy, message]) => {
  const { createQueue, failure } = aService();
  const overLimit = { code: "OverLimit", status: 403, message };
  expect(failure("CreateQueue", { QueueName: "other", Attributes: { Policy } })).toEqual(overLimit);
  const QueueUrl = createQueue("orders");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { Policy } })).toEqual(overLimit);
});
