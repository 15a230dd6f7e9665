import { expect, test } from "vitest";
import { aService, invalid, missingValue, notFound, nullAt, validationError } from "../../support/sns.ts";

// §4

const ARN = "arn:aws:sns:us-east-1:000000000000:orders";
const grant = { Label: "one", AWSAccountId: ["123456789012"], ActionName: ["Publish"] };
const statement = { Sid: "mine", Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: ARN };

function aTopic() {
  const service = aService();
  const TopicArn = service.createTopic("orders");
  const policy = () => JSON.parse(service.topicAttributes(TopicArn).Policy!) as { Id?: string; Statement: unknown[] };
  const set = (AttributeValue: string) => ({ TopicArn, AttributeName: "Policy", AttributeValue });
  return { ...service, TopicArn, policy, set };
}

test("a permission is added behind the default statement", () => {
  const { call, policy, TopicArn } = aTopic();
  expect(call("AddPermission", { TopicArn, ...grant })).toBeUndefined();
  expect(policy().Statement).toEqual([
    expect.objectContaining({ Sid: "__default_statement_ID" }),
    {
      Sid: "one",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Action: "SNS:Publish",
      Resource: ARN,
    },
  ]);
});

test("several accounts and actions stand in lists, in the order given", () => {
  const { call, policy, TopicArn } = aTopic();
  const AWSAccountId = ["210987654321", "123456789012"];
  call("AddPermission", { TopicArn, Label: "two", AWSAccountId, ActionName: ["Publish", "Subscribe"] });
  expect(policy().Statement[1]).toMatchObject({
    Principal: { AWS: ["arn:aws:iam::210987654321:root", "arn:aws:iam::123456789012:root"] },
    Action: ["SNS:Publish", "SNS:Subscribe"],
  });
});

test("accounts of another partition are written with it", () => {
  const { call } = aService();
  const options = { region: "cn-north-1" };
  const { TopicArn } = call("CreateTopic", { Name: "orders" }, options) as { TopicArn: string };
  call("AddPermission", { TopicArn, ...grant }, options);
  const { Attributes } = call("GetTopicAttributes", { TopicArn }, options) as { Attributes: { Policy: string } };
  expect(JSON.parse(Attributes.Policy).Statement[1].Principal).toEqual({ AWS: "arn:aws-cn:iam::123456789012:root" });
});

test("permissions make a policy of no more than 100 statements", () => {
  const { call, failure, policy, TopicArn } = aTopic();
  for (let number = 1; number < 100; number++) call("AddPermission", { ...grant, TopicArn, Label: String(number) });
  expect(failure("AddPermission", { ...grant, TopicArn, Label: "100" })).toEqual(invalid("Policy Error: null"));
  expect(policy().Statement).toHaveLength(100);
});

test("permissions make a policy of no more than 30 KB", () => {
  const { call, failure, policy, TopicArn } = aTopic();
  const room = 30_720 - JSON.stringify(policy()).length;
  const accounts = (count: number) => new Array<string>(count).fill("123456789012");
  const most = Math.floor((room - 100) / `"arn:aws:iam::123456789012:root",`.length);
  const permission = { ...grant, TopicArn };
  expect(failure("AddPermission", { ...permission, AWSAccountId: accounts(most + 4) })).toEqual(
    invalid("Policy Error: null"),
  );
  call("AddPermission", { ...permission, AWSAccountId: accounts(most - 4) });
  expect(policy().Statement).toHaveLength(2);
});

test("a policy of the topic's own is added to", () => {
  const { call, policy, set, TopicArn } = aTopic();
  call("SetTopicAttributes", set(JSON.stringify({ Version: "2012-10-17", Id: "own", Statement: statement })));
  call("AddPermission", { TopicArn, ...grant });
  expect(policy()).toMatchObject({ Version: "2012-10-17", Id: "own", Statement: [statement, { Sid: "one" }] });
});

test.for([
  "GetTopicAttributes",
  "SetTopicAttributes",
  "AddPermission",
  "RemovePermission",
  "DeleteTopic",
  "Subscribe",
  "ListSubscriptionsByTopic",
  "Publish",
  "Receive",
  "GetDataProtectionPolicy",
  "PutDataProtectionPolicy",
  "ListTagsForResource",
  "*",
])("%s can be granted", (action) => {
  const { call, policy, TopicArn } = aTopic();
  call("AddPermission", { TopicArn, ...grant, ActionName: [action] });
  expect(policy().Statement[1]).toMatchObject({ Action: `SNS:${action}` });
});

test.for(["publish", "SNS:Publish", "CreateTopic", "PublishBatch", ""])("'%s' is no action to grant", (action) => {
  const { failure, TopicArn } = aTopic();
  expect(failure("AddPermission", { TopicArn, ...grant, ActionName: ["Publish", action] })).toEqual(
    invalid("Policy statement action out of service scope!"),
  );
});

test.for(["12345678901", "1234567890123", "*", "arn:aws:iam::123456789012:root"])("%s is no account", (account) => {
  const { failure, TopicArn } = aTopic();
  expect(failure("AddPermission", { TopicArn, ...grant, AWSAccountId: [account] })).toEqual(
    invalid("A provided account ID is not valid"),
  );
});

test("a label can be used once, which is told before an action that cannot be", () => {
  const { call, failure, TopicArn } = aTopic();
  call("AddPermission", { TopicArn, ...grant });
  expect(failure("AddPermission", { TopicArn, ...grant, ActionName: ["Nonsense"] })).toEqual(
    invalid("Statement already exists"),
  );
});

test("an unknown topic is told before an action that cannot be", () => {
  const { failure } = aService();
  expect(failure("AddPermission", { TopicArn: ARN, ...grant, ActionName: ["Nonsense"] })).toEqual(notFound("Topic"));
  expect(failure("RemovePermission", { TopicArn: ARN, Label: "one" })).toEqual(notFound("Topic"));
});

test("AddPermission misses lists without items in the validator's words, and the rest in its own", () => {
  const { failure, TopicArn } = aTopic();
  expect(failure("AddPermission", { TopicArn, Label: "one", AWSAccountId: [] })).toEqual(
    validationError(nullAt("aWSAccountId"), nullAt("actionName")),
  );
  expect(failure("AddPermission", { ...grant, TopicArn, Label: undefined })).toEqual(missingValue("Label"));
});

test("removing a permission leaves the rest as it is", () => {
  const { call, policy, TopicArn } = aTopic();
  const before = policy();
  call("AddPermission", { TopicArn, ...grant });
  call("AddPermission", { TopicArn, ...grant, Label: "two" });
  expect(call("RemovePermission", { TopicArn, Label: "two" })).toBeUndefined();
  call("RemovePermission", { TopicArn, Label: "one" });
  expect(policy()).toEqual(before);
});

test("removing the last statement leaves a policy without any", () => {
  const { call, policy, TopicArn } = aTopic();
  call("RemovePermission", { TopicArn, Label: "__default_statement_ID" });
  expect(policy()).toMatchObject({ Id: "__default_policy_ID", Statement: [] });
});

test("removing a label that is not there is no error", () => {
  const { call, policy, TopicArn } = aTopic();
  const before = policy();
  expect(call("RemovePermission", { TopicArn, Label: "none" })).toBeUndefined();
  expect(policy()).toEqual(before);
});

test("a policy is shown as it was set", () => {
  const { call, set, topicAttributes, TopicArn } = aTopic();
  const text = `{ "Statement" : ${JSON.stringify(statement)} }`;
  call("SetTopicAttributes", set(text));
  expect(topicAttributes(TopicArn).Policy).toBe(text);
});

const statements = (count: number) => JSON.stringify({ Statement: Array(count).fill(statement) });
const padded = (bytes: number) => {
  const text = JSON.stringify({ Id: "", Statement: statement });
  return text.replace('"Id":""', `"Id":"${"x".repeat(bytes - text.length)}"`);
};

test.for<[title: string, policy: string]>([
  ["an action in small letters", JSON.stringify({ Statement: { ...statement, Action: "sns:publish" } })],
  [
    "a denial of all but",
    JSON.stringify({ Statement: { ...statement, Effect: "Deny", Action: undefined, NotAction: "sns:Publish" } }),
  ],
  ["data protection", JSON.stringify({ Statement: { ...statement, Action: "sns:PutDataProtectionPolicy" } })],
  ["a hundred statements", statements(100)],
  ["30 KB", padded(30_720)],
])("a policy can have %s", ([, policy]) => {
  const { call, set, topicAttributes, TopicArn } = aTopic();
  call("SetTopicAttributes", set(policy));
  expect(topicAttributes(TopicArn).Policy).toBe(policy);
});

test.for<[title: string, policy: string]>([
  ["no JSON", "{"],
  ["a list", "[]"],
  ["no statement", "{}"],
  ["an empty list of statements", '{"Statement":[]}'],
  ["a statement that is none", '{"Statement":["x"]}'],
  ["another effect", JSON.stringify({ Statement: { ...statement, Effect: "Maybe" } })],
  ["no principal", JSON.stringify({ Statement: { ...statement, Principal: undefined } })],
  ["no action", JSON.stringify({ Statement: { ...statement, Action: undefined } })],
  ["a hundred and one statements", statements(101)],
  ["more than 30 KB", padded(30_721)],
])("a policy cannot be %s", ([, policy]) => {
  const { failure, set } = aTopic();
  expect(failure("SetTopicAttributes", set(policy))).toEqual(invalid("Policy Error: null"));
});

// Several users report it of `SNS:*`; the others are taken to be the same.
test.for(["sqs:SendMessage", "sns:Unsubscribe", "Publish", 1, "SNS:*", "sns:Get*", "sns:?ublish", "*"])(
  "a policy cannot be about %s",
  (Action) => {
    const { failure, set } = aTopic();
    expect(failure("SetTopicAttributes", set(JSON.stringify({ Statement: { ...statement, Action } })))).toEqual(
      invalid("Policy statement action out of service scope!"),
    );
  },
);
