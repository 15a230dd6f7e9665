import { expect, test } from "vitest";
import { aService, missingValue, notFound } from "../../support/sns.ts";

// §6

const policyOf = (Description: string) =>
  JSON.stringify({
    Name: "no-addresses",
    Description,
    Version: "2021-06-01",
    Statement: [
      {
        Sid: "one",
        DataDirection: "Inbound",
        Principal: ["*"],
        DataIdentifier: ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"],
        Operation: { Deny: {} },
      },
    ],
  });
const POLICY = policyOf("");
const ARN = "arn:aws:sns:us-east-1:000000000000:orders";

test("a policy comes back as it was put, and shows nowhere else", () => {
  const { call, createTopic, topicAttributes } = aService();
  const ResourceArn = createTopic("orders");
  const before = topicAttributes(ResourceArn);
  expect(call("GetDataProtectionPolicy", { ResourceArn })).toEqual({});
  expect(call("PutDataProtectionPolicy", { ResourceArn, DataProtectionPolicy: POLICY })).toBeUndefined();
  expect(call("GetDataProtectionPolicy", { ResourceArn })).toEqual({ DataProtectionPolicy: POLICY });
  expect(topicAttributes(ResourceArn)).toEqual(before);
  call("PutDataProtectionPolicy", { ResourceArn, DataProtectionPolicy: "" });
  expect(call("GetDataProtectionPolicy", { ResourceArn })).toEqual({});
});

test("a topic can be created with a policy", () => {
  const { call } = aService();
  call("CreateTopic", { Name: "orders", DataProtectionPolicy: POLICY });
  expect(call("GetDataProtectionPolicy", { ResourceArn: ARN })).toEqual({ DataProtectionPolicy: POLICY });
});

const padded = (length: number) => policyOf("x".repeat(length - POLICY.length));

test("a policy has at most 30720 characters", () => {
  const { call, createTopic, failure } = aService();
  const ResourceArn = createTopic("orders");
  const put = (DataProtectionPolicy: string) => ({ ResourceArn, DataProtectionPolicy });
  expect(call("PutDataProtectionPolicy", put(padded(30_720)))).toBeUndefined();
  expect(failure("PutDataProtectionPolicy", put(padded(30_721)))).toMatchObject({ code: "InvalidParameter" });
});

test("a policy is a JSON object", () => {
  const { createTopic, failure } = aService();
  const ResourceArn = createTopic("orders");
  for (const DataProtectionPolicy of ["{", "[]", "null"]) {
    expect(failure("PutDataProtectionPolicy", { ResourceArn, DataProtectionPolicy })).toMatchObject({
      code: "InvalidParameter",
    });
  }
});

test("FIFO topics have none", () => {
  const { createFifoTopic, failure } = aService();
  const ResourceArn = createFifoTopic("orders.fifo");
  expect(failure("PutDataProtectionPolicy", { ResourceArn, DataProtectionPolicy: POLICY })).toMatchObject({
    code: "InvalidParameter",
  });
});

test("a topic that is not there has no policy", () => {
  const { failure } = aService();
  expect(failure("GetDataProtectionPolicy", { ResourceArn: ARN })).toEqual(notFound("Resource"));
  expect(failure("PutDataProtectionPolicy", { ResourceArn: ARN, DataProtectionPolicy: POLICY })).toEqual(
    notFound("Resource"),
  );
  expect(failure("PutDataProtectionPolicy", { ResourceArn: ARN })).toEqual(missingValue("DataProtectionPolicy"));
});

test("only topics with a policy have their messages looked at, and what comes of it is published", () => {
  const asked: string[] = [];
  const { call, createTopic, deliveries, subscribe } = aService({
    protect(topic, content, principal) {
      asked.push(`${topic.name} ${principal}`);
      return { ...content, message: content.message.replace("secret", "***") };
    },
  });
  const TopicArn = createTopic("orders");
  subscribe(TopicArn, "sms", "+15551234567");
  call("Publish", { TopicArn, Message: "secret one" });
  call("PutDataProtectionPolicy", { ResourceArn: TopicArn, DataProtectionPolicy: POLICY });
  call("Publish", { TopicArn, Message: "secret two" });
  expect(asked).toEqual(["orders arn:aws:iam::000000000000:user/waystation"]);
  expect(deliveries).toMatchObject([
    { notification: { content: { message: "secret one" } } },
    { notification: { content: { message: "*** two" } } },
  ]);
});

test("a message that is denied is not published", () => {
  const { call, createTopic, deliveries, failure, subscribe } = aService({ protect: () => "denied" });
  const TopicArn = createTopic("orders");
  subscribe(TopicArn, "sms", "+15551234567");
  call("PutDataProtectionPolicy", { ResourceArn: TopicArn, DataProtectionPolicy: POLICY });
  expect(failure("Publish", { TopicArn, Message: "secret" })).toEqual({
    code: "AuthorizationError",
    status: 403,
    message: `User: arn:aws:iam::000000000000:user/waystation is not authorized to perform: SNS:Publish on resource: ${ARN}`,
  });
  expect(deliveries).toEqual([]);
});
