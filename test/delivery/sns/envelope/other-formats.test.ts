import { expect, test } from "vitest";
import { aDelivery, aNotification, aSubscription, aTopic, fakeEnvelopes, TOPIC_ARN } from "../../deliveries.ts";

const UNSUBSCRIBE_URL = `http://localhost:4566/?Action=Unsubscribe&SubscriptionArn=${TOPIC_ARN}:1`;
const attributes = {
  one: { dataType: "String", value: "a" },
  two: { dataType: "Number", value: "1" },
  three: { dataType: "String.Array", value: "[1]" },
  four: { dataType: "Binary", value: Uint8Array.of(2, 3, 4) },
  five: { dataType: "Number.int", value: "5" },
  six: { dataType: "String.Arrays", value: "b" },
};

test("a function gets AWS's event", () => {
  const { envelopes } = fakeEnvelopes();
  const notification = aNotification({ subject: "Subject", message: "line\nline" });
  const delivery = aDelivery({ notification, subscription: aSubscription("lambda") });
  expect(envelopes.lambdaEvent(delivery)).toBe(
    '{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0",' +
      `"EventSubscriptionArn":"${TOPIC_ARN}:1","Sns":{"Type":"Notification",` +
      '"MessageId":"22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",' +
      `"TopicArn":"${TOPIC_ARN}","Subject":"Subject","Message":"line\\nline",` +
      '"Timestamp":"2012-05-02T00:54:06.655Z","SignatureVersion":"1","Signature":"v1#1",' +
      '"SigningCertUrl":"http://localhost:4566/SimpleNotificationService-us-east-1.pem",' +
      `"UnsubscribeUrl":"${UNSUBSCRIBE_URL}","MessageAttributes":{}}}]}`,
  );
});

test("a function gets subject and attributes even where there are none", () => {
  const { envelopes } = fakeEnvelopes();
  const { Sns } = JSON.parse(envelopes.lambdaEvent(aDelivery())).Records[0];
  expect(Sns).toMatchObject({ Subject: null, MessageAttributes: {} });
});

test("a function is told signature version 1 whatever the signature's version", () => {
  const { envelopes } = fakeEnvelopes();
  const delivery = aDelivery({ topic: aTopic({ signatureVersion: "2" }) });
  expect(JSON.parse(envelopes.lambdaEvent(delivery)).Records[0].Sns).toMatchObject({
    SignatureVersion: "1",
    Signature: "v2#1",
  });
});

test("a function gets numbers and arrays as strings", () => {
  const { envelopes } = fakeEnvelopes();
  const event = JSON.parse(envelopes.lambdaEvent(aDelivery({ notification: aNotification({ attributes }) })));
  expect(event.Records[0].Sns.MessageAttributes).toEqual({
    one: { Type: "String", Value: "a" },
    two: { Type: "String", Value: "1" },
    three: { Type: "String", Value: "[1]" },
    four: { Type: "Binary", Value: "AgME" },
    five: { Type: "String", Value: "5" },
    six: { Type: "String.Arrays", Value: "b" },
  });
});

test("a delivery stream gets a line of JSON without signature", () => {
  const { envelopes, signer } = fakeEnvelopes();
  const { one, two } = attributes;
  const notification = aNotification({ subject: "Subject", attributes: { one, two } });
  expect(envelopes.firehoseRecord(aDelivery({ notification, subscription: aSubscription("firehose") }))).toBe(
    `{"Type":"Notification","MessageId":"22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324","TopicArn":"${TOPIC_ARN}",` +
      '"Subject":"Subject","Message":"Hello","Timestamp":"2012-05-02T00:54:06.655Z",' +
      `"UnsubscribeURL":"${UNSUBSCRIBE_URL}",` +
      '"MessageAttributes":{"one":{"Type":"String","Value":"a"},"two":{"Type":"Number","Value":"1"}}}',
  );
  expect(signer.signed).toEqual([]);
});

test("a delivery stream gets no subject and no attributes where there are none", () => {
  const { envelopes } = fakeEnvelopes();
  const record = JSON.parse(envelopes.firehoseRecord(aDelivery()));
  expect(Object.keys(record)).toEqual(["Type", "MessageId", "TopicArn", "Message", "Timestamp", "UnsubscribeURL"]);
});

test("a mail is the message above a footer", () => {
  const { envelopes } = fakeEnvelopes();
  const notification = aNotification({ subject: "News", structure: { default: "for all", email: "for mail" } });
  const delivery = aDelivery({
    topic: aTopic({ displayName: "Orders" }),
    notification,
    subscription: aSubscription("email"),
  });
  expect(envelopes.email(delivery, "text")).toEqual({
    from: "Orders <no-reply@sns.amazonaws.com>",
    subject: "News",
    text: `for mail

--
If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:
${UNSUBSCRIBE_URL}

Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support
`,
  });
});

test("a mail without subject has AWS's, and one of a topic without display name AWS's sender", () => {
  const { envelopes } = fakeEnvelopes();
  expect(envelopes.email(aDelivery({ subscription: aSubscription("email") }), "text")).toMatchObject({
    from: "AWS Notifications <no-reply@sns.amazonaws.com>",
    subject: "AWS Notification Message",
  });
});

test("an email-json mail holds the envelope", () => {
  const { envelopes } = fakeEnvelopes();
  const delivery = aDelivery({ subscription: aSubscription("email-json") });
  const { text } = envelopes.notification(delivery);
  expect(envelopes.email(delivery, "json")).toMatchObject({ subject: "AWS Notification Message", text });
});

test.for([
  ["MyTopic", "MYTOPIC> Hello"],
  ["", "Hello"],
] as const)("a text message of a topic with the display name '%s' reads %s", ([displayName, text]) => {
  const { envelopes } = fakeEnvelopes();
  const delivery = aDelivery({ topic: aTopic({ displayName }), subscription: aSubscription("sms") });
  expect(envelopes.sms(delivery)).toBe(text);
});

test("a text message is the branch for text messages", () => {
  const { envelopes } = fakeEnvelopes();
  const notification = aNotification({ structure: { default: "long", sms: "short" } });
  expect(envelopes.sms(aDelivery({ notification, subscription: aSubscription("sms") }))).toBe("short");
});
