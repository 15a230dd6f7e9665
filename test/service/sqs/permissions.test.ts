import { expect, test } from "vitest";
import { aService, invalidValue, missingParameter } from "../../support/sqs.ts";

// §4.9

const ARN = "arn:aws:sqs:us-east-1:000000000000:orders";

const policyOf = (Policy: string | undefined): unknown => JSON.parse(Policy ?? "null");

const anyPermission = { Label: "one", AWSAccountIds: ["123456789012"], Actions: ["SendMessage"] };

test("a first permission makes a policy with one statement", () => {
  const { createQueue, call, attributesOf } = aService();
  const QueueUrl = createQueue("orders");
  expect(call("AddPermission", { QueueUrl, ...anyPermission })).toBeUndefined();
  expect(attributesOf(QueueUrl).Policy).toBe(
    `{"Version":"2008-10-17","Id":"${ARN}/SQSDefaultPolicy","Statement":[{"Sid":"one","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"SQS:SendMessage","Resource":"${ARN}"}]}`,
  );
});

test("several accounts and actions stand in lists", () => {
  const { createQueue, call, attributesOf } = aService();
  const QueueUrl = createQueue("orders");
  const AWSAccountIds = ["123456789012", "210987654321"];
  call("AddPermission", { QueueUrl, Label: "two", AWSAccountIds, Actions: ["SendMessage", "*"] });
  expect(policyOf(attributesOf(QueueUrl).Policy)).toMatchObject({
    Statement: [
      {
        Principal: { AWS: ["arn:aws:iam::123456789012:root", "arn:aws:iam::210987654321:root"] },
        Action: ["SQS:SendMessage", "SQS:*"],
      },
    ],
  });
});

test("an existing policy keeps its version, its id and its statements", () => {
  const { createQueue, call, attributesOf } = aService();
  const first = { Effect: "Deny", Principal: "*", Action: "sqs:PurgeQueue" };
  const Policy = JSON.stringify({ Version: "2012-10-17", Id: "mine", Statement: first });
  const QueueUrl = createQueue("orders", { Policy });
  call("AddPermission", { QueueUrl, ...anyPermission });
  expect(policyOf(attributesOf(QueueUrl).Policy)).toMatchObject({
    Version: "2012-10-17",
    Id: "mine",
    Statement: [first, { Sid: "one" }],
  });
});

test.for([
  "*",
  "ChangeMessageVisibility",
  "DeleteMessage",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListDeadLetterSourceQueues",
  "PurgeQueue",
  "ReceiveMessage",
  "SendMessage",
])("%s can be granted", (action) => {
  const { createQueue, call, attributesOf } = aService();
  const QueueUrl = createQueue("orders");
  call("AddPermission", { QueueUrl, ...anyPermission, Actions: [action] });
  expect(policyOf(attributesOf(QueueUrl).Policy)).toMatchObject({ Statement: [{ Action: `SQS:${action}` }] });
});

test.for([
  "AddPermission",
  "CreateQueue",
  "DeleteQueue",
  "ListQueues",
  "ListQueueTags",
  "RemovePermission",
  "SetQueueAttributes",
  "TagQueue",
  "UntagQueue",
  "StartMessageMoveTask",
  "CancelMessageMoveTask",
  "ListMessageMoveTasks",
])("%s is for owners only", (action) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("AddPermission", { QueueUrl, ...anyPermission, Actions: ["SendMessage", action] })).toEqual(
    invalidValue("ActionName", `SQS:${action}`, "Only the queue owner is allowed to invoke this action."),
  );
});

test.for([
  "SendMessageBatch",
  "DeleteMessageBatch",
  "ChangeMessageVisibilityBatch",
  "sendMessage",
  "SQS:SendMessage",
  "",
])("'%s' is no action to grant", (action) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("AddPermission", { QueueUrl, ...anyPermission, Actions: [action] })).toEqual(
    invalidValue(
      "ActionName",
      `SQS:${action}`,
      // The blank at the end is AWS's.
      "Please refer to the appropriate WSDL for a list of valid actions. ",
    ),
  );
});

test.for<[accounts: readonly string[], shown: string]>([
  [[], "[]"],
  [["12345678901"], "[12345678901]"],
  [["1234567890123"], "[1234567890123]"],
  [["123456789012", "arn:aws:iam::123456789012:root"], "[123456789012, arn:aws:iam::123456789012:root]"],
])("the accounts %j cannot be verified", ([AWSAccountIds, shown]) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("AddPermission", { QueueUrl, ...anyPermission, AWSAccountIds })).toEqual(
    invalidValue("PrincipalId", shown, "Unable to verify."),
  );
});

test("seven actions can be granted at once, eight cannot", () => {
  const { createQueue, call, failure, attributesOf } = aService();
  const QueueUrl = createQueue("orders");
  call("AddPermission", { QueueUrl, ...anyPermission, Actions: Array(7).fill("SendMessage") });
  expect(attributesOf(QueueUrl)).toHaveProperty("Policy");
  expect(
    failure("AddPermission", { QueueUrl, ...anyPermission, Label: "more", Actions: Array(8).fill("SendMessage") }),
  ).toEqual({ code: "OverLimit", status: 403, message: "8 Actions were found, maximum allowed is 7." });
});

test("a policy takes twenty permissions, not more", () => {
  const { createQueue, call, failure, attributesOf } = aService();
  const QueueUrl = createQueue("orders");
  const add = (Label: string) => ({ QueueUrl, ...anyPermission, Label });
  for (let count = 1; count <= 20; count++) call("AddPermission", add(`label${count}`));
  const before = attributesOf(QueueUrl);
  expect(failure("AddPermission", add("more"))).toEqual({
    code: "OverLimit",
    status: 403,
    message: "21 statements were found in the submitted policy, max allowed is 20",
  });
  expect(attributesOf(QueueUrl)).toEqual(before);
  call("RemovePermission", { QueueUrl, Label: "label1" });
  expect(call("AddPermission", add("more"))).toBeUndefined();
});

test("a permission beyond the bytes of a policy is refused", () => {
  const { createQueue, failure } = aService();
  const Statement = { Effect: "Deny", Principal: "*", Action: "sqs:*" };
  const QueueUrl = createQueue("orders", { Policy: JSON.stringify({ Id: "x".repeat(8_000), Statement }) });
  expect(failure("AddPermission", { QueueUrl, ...anyPermission })).toEqual({
    code: "OverLimit",
    status: 403,
    message: "Submitted policy is over max allowed size.",
  });
});

// Answered by AWS to a statement whose Sid is empty.
test("an empty label is a missing one", () => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("AddPermission", { QueueUrl, ...anyPermission, Label: "" })).toEqual(missingParameter("Label"));
  expect(failure("RemovePermission", { QueueUrl, Label: "" })).toEqual(missingParameter("Label"));
});

test.for(["a b", "ä", "x".repeat(81)])("a label cannot be '%s'", (Label) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  const expected = invalidValue(
    "Label",
    Label,
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.",
  );
  expect(failure("AddPermission", { QueueUrl, ...anyPermission, Label })).toEqual(expected);
  expect(failure("RemovePermission", { QueueUrl, Label })).toEqual(expected);
});

test.for(["a", "A-z_9", "x".repeat(80)])("a label can be %s", (Label) => {
  const { createQueue, call, attributesOf } = aService();
  const QueueUrl = createQueue("orders");
  call("AddPermission", { QueueUrl, ...anyPermission, Label });
  expect(policyOf(attributesOf(QueueUrl).Policy)).toMatchObject({ Statement: [{ Sid: Label }] });
});

test.for<[name: string, input: object]>([
  ["Label", { ...anyPermission, Label: undefined }],
  ["AWSAccountIds", { ...anyPermission, AWSAccountIds: undefined }],
  ["Actions", { ...anyPermission, Actions: undefined }],
  ["Actions", { ...anyPermission, Actions: [] }],
])("AddPermission wants %s", ([name, input]) => {
  const { createQueue, failure } = aService();
  expect(failure("AddPermission", { QueueUrl: createQueue("orders"), ...input })).toEqual(missingParameter(name));
});

test("a label can be used once", () => {
  const { createQueue, call, failure } = aService();
  const QueueUrl = createQueue("orders");
  call("AddPermission", { QueueUrl, ...anyPermission });
  expect(failure("AddPermission", { QueueUrl, ...anyPermission })).toEqual(
    invalidValue("Label", "one", "Already exists."),
  );
});

test("removing a permission leaves the others, removing the last one leaves no policy", () => {
  const { createQueue, call, attributesOf } = aService();
  const QueueUrl = createQueue("orders");
  call("AddPermission", { QueueUrl, ...anyPermission });
  call("AddPermission", { QueueUrl, ...anyPermission, Label: "two" });
  expect(call("RemovePermission", { QueueUrl, Label: "one" })).toBeUndefined();
  expect(policyOf(attributesOf(QueueUrl).Policy)).toMatchObject({
    Id: `${ARN}/SQSDefaultPolicy`,
    Statement: [{ Sid: "two" }],
  });
  call("RemovePermission", { QueueUrl, Label: "two" });
  expect(attributesOf(QueueUrl)).not.toHaveProperty("Policy");
});

const aPolicy = { Policy: '{"Statement":{"Effect":"Deny","Principal":"*","Action":"sqs:*"}}' };

test.for<[title: string, attributes: Record<string, string>, reason: string]>([
  // Recorded from AWS.
  ["a queue without a policy", {}, "can't find label."],
  ["a policy without it", aPolicy, "can't find label on existing policy."],
])("a label cannot be removed from %s", ([, attributes, reason]) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders", attributes);
  expect(failure("RemovePermission", { QueueUrl, Label: "one" })).toEqual(invalidValue("Label", "one", reason));
});

test("a permission counts as a change of the queue", () => {
  const { createQueue, call, attributesOf, clock } = aService();
  const QueueUrl = createQueue("orders");
  clock.advance(1_000);
  call("AddPermission", { QueueUrl, ...anyPermission });
  expect(attributesOf(QueueUrl)).toMatchObject({ CreatedTimestamp: "1767323045", LastModifiedTimestamp: "1767323046" });
});
