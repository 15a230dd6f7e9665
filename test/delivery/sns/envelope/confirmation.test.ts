import { expect, test } from "vitest";
import { aConfirmation, aSubscription, aTopic, fakeEnvelopes, TOPIC_ARN } from "../../deliveries.ts";

test("a subscription confirmation has AWS's members in AWS's order and layout", () => {
  const { envelopes } = fakeEnvelopes();
  expect(envelopes.confirmation(aConfirmation())).toBe(`{
  "Type" : "SubscriptionConfirmation",
  "MessageId" : "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
  "Token" : "2336412f37",
  "TopicArn" : "arn:aws:sns:us-east-1:123456789012:orders",
  "Message" : "You have chosen to subscribe to the topic arn:aws:sns:us-east-1:123456789012:orders.\\nTo confirm the subscription, visit the SubscribeURL included in this message.",
  "SubscribeURL" : "http://localhost:4566/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:us-east-1:123456789012:orders&Token=2336412f37",
  "Timestamp" : "2012-05-02T00:54:06.655Z",
  "SignatureVersion" : "1",
  "Signature" : "v1#1",
  "SigningCertURL" : "http://localhost:4566/SimpleNotificationService-us-east-1.pem"
}`);
});

test("an unsubscribe confirmation names the subscription and how to get it back", () => {
  const { envelopes } = fakeEnvelopes();
  expect(JSON.parse(envelopes.confirmation(aConfirmation({ type: "UnsubscribeConfirmation" })))).toMatchObject({
    Type: "UnsubscribeConfirmation",
    Message: `You have chosen to deactivate subscription ${TOPIC_ARN}:1.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: `http://localhost:4566/?Action=ConfirmSubscription&TopicArn=${TOPIC_ARN}&Token=2336412f37`,
  });
});

test("a confirmation follows the topic's signature version and region", () => {
  const { envelopes } = fakeEnvelopes("http://sns.{region}.test/");
  const topic = aTopic({ signatureVersion: "2" }, { region: "eu-west-1" });
  expect(JSON.parse(envelopes.confirmation(aConfirmation({ topic })))).toMatchObject({
    SignatureVersion: "2",
    Signature: "v2#1",
    SubscribeURL: `http://sns.eu-west-1.test/?Action=ConfirmSubscription&TopicArn=${topic.arn}&Token=2336412f37`,
    SigningCertURL: "http://sns.eu-west-1.test/SimpleNotificationService-eu-west-1.pem",
  });
});

test.for([
  [
    "SubscriptionConfirmation",
    "AWS Notification - Subscription Confirmation",
    "You have chosen to subscribe to the topic:",
  ],
  [
    "UnsubscribeConfirmation",
    "AWS Notification - Unsubscribe Confirmation",
    "Your subscription to the topic below has",
  ],
] as const)("a mail for %s has the link in it", ([type, subject, start]) => {
  const { envelopes } = fakeEnvelopes();
  const mail = envelopes.email(aConfirmation({ type, subscription: aSubscription("email") }), "text");
  expect(mail.subject).toBe(subject);
  expect(mail.text.startsWith(start)).toBe(true);
  expect(mail.text.split("\n")).toContain(
    `http://localhost:4566/?Action=ConfirmSubscription&TopicArn=${TOPIC_ARN}&Token=2336412f37`,
  );
});

test("an email-json mail holds the confirmation's envelope", () => {
  const { envelopes } = fakeEnvelopes();
  const delivery = aConfirmation({ subscription: aSubscription("email-json") });
  expect(JSON.parse(envelopes.email(delivery, "json").text)).toMatchObject({ Type: "SubscriptionConfirmation" });
});
