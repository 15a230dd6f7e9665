import { expect, test } from "vitest";
import { aDelivery, aNotification, aSubscription, aTopic, fakeEnvelopes, TOPIC_ARN } from "../../deliveries.ts";

test("a notification has AWS's members in AWS's order and layout", () => {
  const { envelopes } = fakeEnvelopes();
  const attributes = {
    place: { dataType: "String", value: 'Bad "Ems"' },
    count: { dataType: "Number", value: "99.120" },
    bytes: { dataType: "Binary", value: Uint8Array.of(2, 3, 4) },
    sizes: { dataType: "String.Array", value: '["S",1,true,null]' },
  };
  const notification = aNotification({ subject: "My First Message", message: "Hello\nwörld 🎉", attributes });
  expect(envelopes.notification(aDelivery({ notification })).text).toBe(`{
  "Type" : "Notification",
  "MessageId" : "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
  "TopicArn" : "arn:aws:sns:us-east-1:123456789012:orders",
  "Subject" : "My First Message",
  "Message" : "Hello\\nwörld 🎉",
  "Timestamp" : "2012-05-02T00:54:06.655Z",
  "SignatureVersion" : "1",
  "Signature" : "v1#1",
  "SigningCertURL" : "http://localhost:4566/SimpleNotificationService-us-east-1.pem",
  "UnsubscribeURL" : "http://localhost:4566/?Action=Unsubscribe&SubscriptionArn=arn:aws:sns:us-east-1:123456789012:orders:1",
  "MessageAttributes" : {
    "sizes" : {"Type":"String.Array","Value":"[\\"S\\",1,true,null]"},
    "bytes" : {"Type":"Binary","Value":"AgME"},
    "count" : {"Type":"Number","Value":"99.120"},
    "place" : {"Type":"String","Value":"Bad \\"Ems\\""}
  }
}`);
});

test("without subject and attributes the members are absent", () => {
  const { envelopes } = fakeEnvelopes();
  expect(Object.keys(JSON.parse(envelopes.notification(aDelivery()).text))).toEqual([
    "Type",
    "MessageId",
    "TopicArn",
    "Message",
    "Timestamp",
    "SignatureVersion",
    "Signature",
    "SigningCertURL",
    "UnsubscribeURL",
  ]);
});

test("attributes are not in the order of the request", () => {
  const { envelopes } = fakeEnvelopes();
  const attributes = {
    attr1: { dataType: "Number", value: "99.12" },
    attr2: { dataType: "Number", value: "109.12" },
  };
  // Recorded from AWS in this order.
  expect(envelopes.notification(aDelivery({ notification: aNotification({ attributes }) })).text).toContain(`{
    "attr2" : {"Type":"Number","Value":"109.12"},
    "attr1" : {"Type":"Number","Value":"99.12"}
  }`);
});

test("an attribute may have the name of a member every object has", () => {
  const { envelopes } = fakeEnvelopes();
  const attributes = Object.fromEntries([["__proto__", { dataType: "String", value: "x" }]]);
  const { text } = envelopes.notification(aDelivery({ notification: aNotification({ attributes }) }));
  expect(text).toContain('    "__proto__" : {"Type":"String","Value":"x"}\n');
});

test("a FIFO topic's notification has a sequence number and no signature", () => {
  const { envelopes, signer } = fakeEnvelopes();
  const notification = aNotification({}, { sequenceNumber: "10000000000000003000" });
  const delivery = aDelivery({ topic: aTopic({ isFifo: true }), notification });
  expect(envelopes.notification(delivery).text).toBe(`{
  "Type" : "Notification",
  "MessageId" : "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
  "SequenceNumber" : "10000000000000003000",
  "TopicArn" : "arn:aws:sns:us-east-1:123456789012:orders",
  "Message" : "Hello",
  "Timestamp" : "2012-05-02T00:54:06.655Z",
  "UnsubscribeURL" : "http://localhost:4566/?Action=Unsubscribe&SubscriptionArn=arn:aws:sns:us-east-1:123456789012:orders:1"
}`);
  expect(signer.signed).toEqual([]);
});

test("a message from the archive says so, and the same message published live does not", () => {
  const { envelopes } = fakeEnvelopes();
  const live = aDelivery({ topic: aTopic({ isFifo: true }) });
  const replayed = envelopes.notification({ ...live, isFromArchive: true });
  expect(JSON.parse(replayed.text)).toMatchObject({ Replayed: true, Timestamp: "2012-05-02T00:54:06.655Z" });
  expect(JSON.parse(envelopes.notification(live).text)).not.toHaveProperty("Replayed");
});

test("with a message structure each protocol gets its own text, signed", () => {
  const { envelopes, signer } = fakeEnvelopes();
  const structure = { default: "for all", http: "for http" };
  const notification = aNotification({ message: JSON.stringify(structure), structure });
  const texts = (["sqs", "http", "https"] as const).map((protocol) => {
    const { text } = envelopes.notification(aDelivery({ notification, subscription: aSubscription(protocol) }));
    return JSON.parse(text).Message;
  });
  expect(texts).toEqual(["for all", "for http", "for all"]);
  expect(signer.signed.map((text) => text.split("\n")[1])).toEqual(["for all", "for http", "for all"]);
});

test.for([
  [1_335_920_046_999, "2012-05-02T00:54:06.999Z"],
  [1_335_920_047_000, "2012-05-02T00:54:07.001Z"],
  [1_335_920_047_001, "2012-05-02T00:54:07.001Z"],
  [1_335_920_047_100, "2012-05-02T00:54:07.100Z"],
] as const)("a signed message published at %i is stamped %s", ([publishedAt, stamp]) => {
  const { envelopes, signer } = fakeEnvelopes();
  const { text } = envelopes.notification(aDelivery({ notification: aNotification({}, { publishedAt }) }));
  expect(JSON.parse(text).Timestamp).toBe(stamp);
  expect(signer.signed[0]).toContain(`\nTimestamp\n${stamp}\n`);
});

test("an unsigned message published on a whole second is stamped with it", () => {
  const { envelopes } = fakeEnvelopes();
  const notification = aNotification({}, { publishedAt: 1_335_920_047_000 });
  const { text } = envelopes.notification(aDelivery({ topic: aTopic({ isFifo: true }), notification }));
  expect(JSON.parse(text).Timestamp).toBe("2012-05-02T00:54:07.000Z");
});

test("links lead to the topic's region when they are made from a template", () => {
  const { envelopes } = fakeEnvelopes("https://sns.{region}.amazonaws.com");
  const { text } = envelopes.notification(aDelivery({ topic: aTopic({}, { region: "eu-west-1" }) }));
  expect(JSON.parse(text)).toMatchObject({
    SigningCertURL: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-eu-west-1.pem",
    UnsubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${TOPIC_ARN}:1`,
  });
});
