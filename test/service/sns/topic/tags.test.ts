import { expect, test } from "vitest";
import { aService, invalid, missingValue, nullAt, validationError } from "../../../support/sns.ts";

// §5

const ARN = "arn:aws:sns:us-east-1:000000000000:orders";
const missing = { code: "ResourceNotFound", status: 404, message: "Resource does not exist" };
const tag = (Key: string, Value: string) => ({ Key, Value });
const tags = (count: number) => Array.from({ length: count }, (_, index) => tag(`k${index}`, "v"));

function aTopic() {
  const service = aService();
  const ResourceArn = service.createTopic("orders");
  const list = () => service.call("ListTagsForResource", { ResourceArn });
  return { ...service, ResourceArn, list };
}

test("a topic without tags shows an empty list", () => {
  expect(aTopic().list()).toEqual({ Tags: [] });
});

test("a known key gets the new value, and keys are told apart by letter case", () => {
  const { call, list, ResourceArn } = aTopic();
  expect(call("TagResource", { ResourceArn, Tags: [tag("team", "red"), tag("Team", "x")] })).toEqual({});
  call("TagResource", { ResourceArn, Tags: [tag("team", "blue"), tag("empty", "")] });
  expect(list()).toEqual({ Tags: [tag("team", "blue"), tag("Team", "x"), tag("empty", "")] });
});

test("keys a topic does not have can be taken off", () => {
  const { call, list, ResourceArn } = aTopic();
  call("TagResource", { ResourceArn, Tags: [tag("a", "1"), tag("b", "2")] });
  expect(call("UntagResource", { ResourceArn, TagKeys: ["a", "c"] })).toEqual({});
  expect(list()).toEqual({ Tags: [tag("b", "2")] });
});

test("a key cannot be given twice in one request", () => {
  const { call, failure, ResourceArn } = aTopic();
  const duplicate = invalid("Duplicated keys are not allowed.");
  const Tags = [tag("a", "1"), tag("a", "2")];
  expect(failure("TagResource", { ResourceArn, Tags })).toEqual(duplicate);
  expect(failure("CreateTopic", { Name: "other", Tags })).toEqual(duplicate);
  expect(call("TagResource", { ResourceArn, Tags: [tag("a", "1"), tag("A", "2")] })).toEqual({});
});

test("a topic can have fifty tags, not more", () => {
  const { call, failure, ResourceArn } = aTopic();
  const limit = {
    code: "TagLimitExceeded",
    status: 400,
    message: "Could not complete request: tag quota of per resource exceeded",
  };
  call("TagResource", { ResourceArn, Tags: tags(50) });
  call("TagResource", { ResourceArn, Tags: [tag("k49", "again")] });
  expect(failure("TagResource", { ResourceArn, Tags: [tag("other", "v")] })).toEqual(limit);
  expect(failure("CreateTopic", { Name: "other", Tags: tags(51) })).toEqual(limit);
  expect(call("CreateTopic", { Name: "other", Tags: tags(50) })).toHaveProperty("TopicArn");
});

test.for<[title: string, key: string, value: string]>([
  ["a key of 128 characters", "x".repeat(128), "v"],
  ["a value of 256 characters", "k", "x".repeat(256)],
  ["letters, digits, white space and signs", "Äé9 _.:/=+-@", "日本 _.:/=+-@"],
  ["a key that contains aws:", "my-aws:key", "v"],
])("a tag can have %s", ([, key, value]) => {
  const { call, list, ResourceArn } = aTopic();
  call("TagResource", { ResourceArn, Tags: [tag(key, value)] });
  expect(list()).toEqual({ Tags: [tag(key, value)] });
});

test.for<[title: string, key: string, value: string]>([
  ["other signs in its key", "a#b", "v"],
  ["other signs in its value", "k", "a;b"],
  ["a key of AWS's own", "aws:x", "v"],
  ["a key of AWS's own in capitals", "AWS:x", "v"],
])("a tag cannot have %s", ([, key, value]) => {
  const { failure, list, ResourceArn } = aTopic();
  const Tags = [tag("good", "v"), tag(key, value)];
  expect(failure("TagResource", { ResourceArn, Tags })).toMatchObject({ code: "InvalidParameter", status: 400 });
  expect(list()).toEqual({ Tags: [] });
});

const length = (path: string, value: string, bound: string) =>
  `Value '${value}' at '${path}' failed to satisfy constraint: Member must have length ${bound}`;

test("lengths are the validator's", () => {
  const { failure, ResourceArn } = aTopic();
  const [key, value] = ["k".repeat(129), "v".repeat(257)];
  expect(failure("TagResource", { ResourceArn, Tags: [tag("", "v"), tag(key, value)] })).toEqual(
    validationError(
      length("tags.1.member.key", "", "greater than or equal to 1"),
      length("tags.2.member.key", key, "less than or equal to 128"),
      length("tags.2.member.value", value, "less than or equal to 256"),
    ),
  );
  expect(failure("UntagResource", { ResourceArn, TagKeys: ["a", ""] })).toEqual(
    validationError(
      "Value '[a, ]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]",
    ),
  );
});

test("tags and keys without items are not there", () => {
  const { failure, ResourceArn } = aTopic();
  for (const Tags of [undefined, []]) {
    expect(failure("TagResource", { ResourceArn, Tags })).toEqual(validationError(nullAt("tags")));
  }
  for (const TagKeys of [undefined, []]) {
    expect(failure("UntagResource", { ResourceArn, TagKeys })).toEqual(validationError(nullAt("tagKeys")));
  }
  expect(failure("TagResource", { ResourceArn, Tags: [{ Key: "k" }] })).toEqual(
    validationError(nullAt("tags.1.member.value")),
  );
});

test("an ARN is at most 1011 characters long", () => {
  const { failure } = aService();
  const ResourceArn = ARN.padEnd(1012, "x");
  expect(failure("ListTagsForResource", { ResourceArn })).toEqual(
    validationError(length("resourceArn", ResourceArn, "less than or equal to 1011")),
  );
  expect(failure("ListTagsForResource", { ResourceArn: ARN.padEnd(1011, "x") })).toEqual(missing);
});

test("what is not there has no tags, in a code of their own", () => {
  const { failure } = aService();
  expect(failure("ListTagsForResource", { ResourceArn: ARN })).toEqual(missing);
  expect(failure("TagResource", { ResourceArn: ARN, Tags: tags(1) })).toEqual(missing);
  expect(failure("UntagResource", { ResourceArn: ARN, TagKeys: ["a"] })).toEqual(missing);
});

test("tags want an ARN", () => {
  const { failure } = aService();
  expect(failure("ListTagsForResource", {})).toEqual(missingValue("ResourceArn"));
});
