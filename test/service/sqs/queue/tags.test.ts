import { expect, test } from "vitest";
import { aService, invalidParameter, missingParameter } from "../../../support/sqs.ts";

// §4.8

test("a queue without tags shows none", () => {
  const { createQueue, call } = aService();
  expect(call("ListQueueTags", { QueueUrl: createQueue("orders") })).toStrictEqual({});
});

test("a known key gets the new value, and keys are told apart by letter case", () => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders");
  expect(call("TagQueue", { QueueUrl, Tags: { team: "red", Team: "x" } })).toBeUndefined();
  call("TagQueue", { QueueUrl, Tags: { team: "blue", empty: "" } });
  expect(call("ListQueueTags", { QueueUrl })).toEqual({ Tags: { team: "blue", Team: "x", empty: "" } });
});

test("keys a queue does not have can be taken off", () => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders");
  call("TagQueue", { QueueUrl, Tags: { a: "1", b: "2" } });
  expect(call("UntagQueue", { QueueUrl, TagKeys: ["a", "c"] })).toBeUndefined();
  expect(call("ListQueueTags", { QueueUrl })).toEqual({ Tags: { b: "2" } });
});

const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
const tooMany = invalidParameter("Too many tags added for queue orders.");

test("a queue can have fifty tags, not more", () => {
  const { createQueue, call, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(call("TagQueue", { QueueUrl, Tags: tags(50) })).toBeUndefined();
  expect(call("TagQueue", { QueueUrl, Tags: { k49: "again" } })).toBeUndefined();
  expect(failure("TagQueue", { QueueUrl, Tags: { other: "v" } })).toEqual(tooMany);
});

test("a queue can be created with fifty tags, not with more", () => {
  const { call, failure } = aService();
  expect(failure("CreateQueue", { QueueName: "orders", tags: tags(51) })).toEqual(tooMany);
  expect(call("CreateQueue", { QueueName: "orders", tags: tags(50) })).toHaveProperty("QueueUrl");
});

test("tags given at creation are the queue's", () => {
  const { call } = aService();
  const { QueueUrl } = call("CreateQueue", { QueueName: "orders", tags: { team: "red" } }) as { QueueUrl: string };
  expect(call("ListQueueTags", { QueueUrl })).toEqual({ Tags: { team: "red" } });
});

test.for([{}, { Tags: {} }])("TagQueue wants tags, not %j", (input) => {
  const { createQueue, failure } = aService();
  expect(failure("TagQueue", { QueueUrl: createQueue("orders"), ...input })).toEqual(missingParameter("Tags"));
});

test("UntagQueue wants keys", () => {
  const { createQueue, failure } = aService();
  expect(failure("UntagQueue", { QueueUrl: createQueue("orders") })).toEqual(missingParameter("TagKeys"));
});

const keyLength = invalidParameter("Tag keys must be between 1 and 128 characters in length.");

test.for([[[]], [[""]], [["a", "x".repeat(129)]]])("UntagQueue does not take the keys %j", ([TagKeys]) => {
  const { createQueue, failure } = aService();
  expect(failure("UntagQueue", { QueueUrl: createQueue("orders"), TagKeys })).toEqual(keyLength);
});

test.for<[title: string, key: string, value: string]>([
  ["a key of one character", "x", "v"],
  ["a key of 128 characters", "x".repeat(128), "v"],
  ["a key of 128 characters in two units each", "𠮷".repeat(128), "v"],
  ["a value of no character", "k", ""],
  ["a value of 256 characters", "k", "x".repeat(256)],
  ["a value of 256 characters in two units each", "k", "𠮷".repeat(256)],
  ["letters, digits, white space and signs", "Äé9 _.:/=+-@", "日本 _.:/=+-@"],
  ["a key that contains aws:", "my-aws:key", "v"],
])("a tag can have %s", ([, key, value]) => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders");
  call("TagQueue", { QueueUrl, Tags: { [key]: value } });
  expect(call("ListQueueTags", { QueueUrl })).toEqual({ Tags: { [key]: value } });
});

test.for<[title: string, key: string, value: string, message: string]>([
  ["a key of no character", "", "v", "Tag keys must be between 1 and 128 characters in length."],
  ["a key of 129 characters", "x".repeat(129), "v", "Tag keys must be between 1 and 128 characters in length."],
  ["a value of 257 characters", "k", "x".repeat(257), "Tag values must be between 0 and 256 characters in length."],
  ["other signs in its key", "a#b", "v", "Tag keys can only contain letters, digits, white space and _ . : / = + - @."],
  [
    "other signs in its value",
    "k",
    "a;b",
    "Tag values can only contain letters, digits, white space and _ . : / = + - @.",
  ],
  ["a key of AWS's own", "aws:x", "v", "Tag keys must not begin with aws:."],
  ["a key of AWS's own in capitals", "AWS:x", "v", "Tag keys must not begin with aws:."],
])("a tag cannot have %s", ([, key, value, message]) => {
  const { createQueue, call, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("TagQueue", { QueueUrl, Tags: { good: "v", [key]: value } })).toEqual(invalidParameter(message));
  expect(call("ListQueueTags", { QueueUrl })).toEqual({});
  expect(failure("CreateQueue", { QueueName: "other", tags: { [key]: value } })).toEqual(invalidParameter(message));
});
