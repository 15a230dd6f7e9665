import { expect, test } from "vitest";
import { formatArn, parseArn, scopeOfArn } from "../../src/kernel/arn.ts";

test.for([
  "arn:aws:sqs:us-east-1:123456789012:queue",
  "arn:aws-cn:sqs:cn-north-1:123456789012:queue.fifo",
  "arn:aws:sns:eu-west-1:123456789012:topic:6f9619ff-8b86-d011-b42d-00cf4fc964ff",
  "arn:aws:iam::123456789012:user/name",
])("%s is read and written again as it was", (text) => {
  const arn = parseArn(text);
  expect(arn && formatArn(arn.service, arn, arn.resource)).toBe(text);
});

test("colons after the account belong to the resource", () => {
  expect(parseArn("arn:aws:sns:eu-west-1:123456789012:topic:id")).toEqual({
    partition: "aws",
    service: "sns",
    region: "eu-west-1",
    account: "123456789012",
    resource: "topic:id",
  });
});

test.for([
  "",
  "dummy",
  "arn",
  "arn:aws:sqs:us-east-1:123456789012",
  "arn:aws:sqs:us-east-1:123456789012:",
  "urn:aws:sqs:us-east-1:123456789012:queue",
  "arn::sqs:us-east-1:123456789012:queue",
  "arn:aws::us-east-1:123456789012:queue",
])("%j is no ARN", (text) => {
  expect(parseArn(text)).toBeUndefined();
});

test.for(["queue", "topic:id", "stream/name", ""])(
  "the scope of an ARN whose resource is %j is its partition, region and account",
  (resource) => {
    const scope = { partition: "aws-cn", region: "cn-north-1", account: "123456789012" };
    expect(scopeOfArn(formatArn("sqs", scope, resource))).toEqual(scope);
  },
);
