import { expect, test } from "vitest";
import { DirectMessages } from "../../src/delivery/sns/direct-messages.ts";
import { OutboxStore } from "../../src/delivery/target/outbox-store.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import { formatIso8601 } from "../../src/kernel/time/iso8601.ts";
import { ACCOUNT, REGION, receive, START } from "../support/queue.ts";
import { fakeEnvelopes } from "./deliveries.ts";
import { aDelivering, publish } from "./fixture.ts";

const ORIGIN = "http://localhost:4566";
const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:handler`;
const STREAM = `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/stream`;

function attribute(value: string | Uint8Array, dataType = "String") {
  return { dataType, value };
}

/** More than a test puts in. */
const PLENTY = { items: 1000, characters: 1_000_000 };

test("a mail is kept with everything its reader would see", () => {
  using delivering = aDelivering();
  const topic = delivering.topic({ displayName: "Orders" });
  const subscription = delivering.subscribe(topic, "email", "a@example.com");
  const { id } = publish(topic, { message: "Hello", subject: "Greeting" });
  expect(delivering.store.messages({})).toEqual([
    {
      time: formatIso8601(START),
      account: ACCOUNT,
      region: REGION,
      protocol: "email",
      to: "a@example.com",
      type: "Notification",
      messageId: id,
      topicArn: topic.arn,
      subscriptionArn: subscription.arn,
      from: "Orders <no-reply@sns.amazonaws.com>",
      subject: "Greeting",
      body: expect.stringMatching(/^Hello\n/),
    },
  ]);
  expect(delivering.lines()).toMatchObject([{ protocol: "email", result: "delivered" }]);
});

test("an email-json mail has the envelope as its body", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "email-json", "a@example.com");
  const { id } = publish(topic);
  const [mail] = delivering.store.messages({});
  expect(JSON.parse(mail!.body)).toMatchObject({ Type: "Notification", MessageId: id, Signature: expect.any(String) });
});

test.for(["email", "email-json"] as const)("a confirmation by %s carries the link to follow", (protocol) => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const subscription = delivering.subscribe(topic, protocol, "a@example.com", { isConfirmed: false });
  topic.askForConfirmation("SubscriptionConfirmation", subscription, ORIGIN);
  const [mail] = delivering.store.messages({});
  const subscribeUrl = `${ORIGIN}/?Action=ConfirmSubscription&TopicArn=${topic.arn}&Token=${subscription.token}`;
  expect(mail).toMatchObject({ type: "SubscriptionConfirmation", to: "a@example.com", subscribeUrl });
  expect(mail!.body).toContain(subscribeUrl);
});

test("a record of a delivery stream is the compact document, or the message itself when raw", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "firehose", STREAM);
  delivering.subscribe(topic, "firehose", `${STREAM}-raw`, { isRaw: true });
  publish(topic, { message: "Hello" });
  const [record, raw] = delivering.store.messages({ protocol: "firehose" });
  expect(record!.body).toMatch(/^\{"Type":"Notification",/);
  expect(raw!.body).toBe("Hello");
});

test("the event of a function without a URL is kept", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "lambda", FUNCTION);
  const { id } = publish(topic);
  const [event] = delivering.store.messages({ to: FUNCTION });
  expect(JSON.parse(event!.body)).toMatchObject({ Records: [{ Sns: { MessageId: id } }] });
});

test("a text message of a topic has the display name before it", () => {
  using delivering = aDelivering();
  const topic = delivering.topic({ displayName: "MyTopic" });
  delivering.subscribe(topic, "sms", "+15551234567");
  publish(topic, { message: "Hello" });
  expect(delivering.store.messages({ protocol: "sms" })).toMatchObject([
    { to: "+15551234567", body: "MYTOPIC> Hello", smsType: "Promotional", parts: 1, from: undefined },
  ]);
});

test("sender and type of a text message are the message's, else the account's", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "sms", "+15551234567");
  const account = delivering.sms.in(topic.scope);
  account.configure({ DefaultSenderID: "Account", DefaultSMSType: "Transactional" });
  publish(topic);
  publish(topic, {
    attributes: {
      "AWS.SNS.SMS.SenderID": attribute("Message"),
      "AWS.SNS.SMS.SMSType": attribute("Promotional"),
    },
  });
  expect(delivering.store.messages({}).map(({ from, smsType }) => [from, smsType])).toEqual([
    ["Account", "Transactional"],
    ["Message", "Promotional"],
  ]);
});

test("who has opted out gets no text message", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "sms", "+15551234567");
  delivering.sms.in(topic.scope).optOut("+15551234567");
  publish(topic);
  expect(delivering.store.messages({})).toEqual([]);
  expect(delivering.lines()).toMatchObject([{ result: "dropped", reason: "The phone number has opted out" }]);
});

/** A topic with a subscribed device. */
function aDevice({ isEnabled = true, isApplicationEnabled = true } = {}) {
  const delivering = aDelivering();
  const topic = delivering.topic();
  const platforms = delivering.mobile.in(topic.scope);
  const application = platforms.create("GCM", "app", { isEnabled: isApplicationEnabled, attributes: {} });
  const endpoint = platforms.createEndpoint(application, { token: "token", isEnabled, customUserData: undefined });
  const deadLetters = delivering.create("dead");
  delivering.subscribe(topic, "application", endpoint.arn, { deadLetterTargetArn: deadLetters.arn });
  return { ...delivering, topic, platforms, application, endpoint, deadLetters };
}

test("a push notification has the document of its platform and the device's token", () => {
  const { topic, store, endpoint } = aDevice();
  publish(topic, { structure: { default: "all", GCM: '{"notification":{}}' }, subject: "Greeting" });
  expect(store.messages({})).toMatchObject([
    {
      protocol: "application",
      to: endpoint.arn,
      platform: "GCM",
      token: "token",
      subject: "Greeting",
      body: '{"notification":{}}',
    },
  ]);
});

test.for([
  ["is disabled", { isEnabled: false }, "Endpoint is disabled"],
  ["has a disabled application", { isApplicationEnabled: false }, "PlatformApplication is disabled"],
] as const)("a device that %s gets nothing: the message is a dead letter", ([, choice, reason]) => {
  const { topic, store, lines, deadLetters } = aDevice(choice);
  publish(topic);
  expect(store.messages({})).toEqual([]);
  expect(receive(deadLetters)).toHaveLength(1);
  expect(lines()).toMatchObject([{ result: "deadLettered", reason }]);
});

test("a device that is deleted gets nothing: the message is a dead letter", () => {
  const { topic, platforms, endpoint, deadLetters, lines } = aDevice();
  platforms.deleteEndpoint(endpoint);
  publish(topic);
  expect(receive(deadLetters)).toHaveLength(1);
  expect(lines()).toMatchObject([{ reason: "The platform endpoint does not exist" }]);
});

const message = { id: "id", scope: scopeOf(ACCOUNT, REGION), sentAt: START, attributes: undefined };

test("a text message to a phone number is kept, with its attributes", () => {
  const store = new OutboxStore();
  const attributes = { text: attribute("a"), bytes: attribute(Buffer.from([2, 3, 4]), "Binary") };
  const rest = { text: "Hello", senderId: "Sender", smsType: "Transactional", isOptedOut: false };
  new DirectMessages(store).sendSms({ ...message, to: "+15551234567", attributes, ...rest });
  expect(store.messages({})).toEqual([
    {
      time: formatIso8601(START),
      account: ACCOUNT,
      region: REGION,
      protocol: "sms",
      to: "+15551234567",
      type: "Notification",
      messageId: "id",
      from: "Sender",
      body: "Hello",
      smsType: "Transactional",
      parts: 1,
      attributes: { text: "a", bytes: "AgME" },
    },
  ]);
});

test("a text message to a phone number that has opted out goes nowhere", () => {
  const store = new OutboxStore();
  const rest = { text: "Hello", senderId: undefined, smsType: "Promotional", isOptedOut: true };
  new DirectMessages(store).sendSms({ ...message, to: "+15551234567", ...rest });
  expect(store.messages({})).toEqual([]);
});

test("a push notification to an endpoint is kept", () => {
  const { store, endpoint } = aDevice();
  new DirectMessages(store).push({ ...message, endpoint, payload: "Hello", subject: undefined });
  expect(store.messages({})).toMatchObject([
    { protocol: "application", to: endpoint.arn, platform: "GCM", token: "token", body: "Hello", messageId: "id" },
  ]);
});

test("messages can be had of one protocol, receiver and account, in the order they were sent", () => {
  using delivering = aDelivering();
  const topics = [delivering.topic(), delivering.topic({}, { account: "111111111111" })];
  for (const topic of topics) {
    delivering.subscribe(topic, "email", "a@example.com");
    delivering.subscribe(topic, "email", "b@example.com");
    delivering.subscribe(topic, "email-json", "a@example.com");
  }
  for (const topic of [...topics].reverse()) publish(topic);
  const tos = (query: object) =>
    delivering.store.messages(query).map(({ account, protocol, to }) => `${account[0]} ${protocol} ${to[0]}`);
  const first = ["1 email a", "1 email b", "1 email-json a"];
  const second = ["0 email a", "0 email b", "0 email-json a"];
  // Protocols come one after the other, whoever subscribed first.
  expect(tos({})).toEqual([...first, ...second]);
  expect(tos({ account: ACCOUNT })).toEqual(second);
  expect(tos({ protocol: "email-json" })).toEqual(["1 email-json a", "0 email-json a"]);
  expect(tos({ to: "b@example.com" })).toEqual(["1 email b", "0 email b"]);
  expect(tos({ account: ACCOUNT, protocol: "email", to: "a@example.com" })).toEqual(["0 email a"]);
  expect(tos({ account: "222222222222" })).toEqual([]);
});

test("messages of several accounts come in the order they were sent", () => {
  using delivering = aDelivering();
  const topics = [delivering.topic(), delivering.topic({}, { account: "111111111111" })];
  for (const topic of topics) delivering.subscribe(topic, "sms", "+15551234567");
  for (const [n, topic] of [topics[0]!, topics[1]!, topics[0]!].entries()) publish(topic, { message: String(n) });
  expect(delivering.store.messages({}).map(({ body }) => body)).toEqual(["0", "1", "2"]);
});

test("what has to be signed is signed when somebody looks, and not while publishing", () => {
  const { envelopes, signer } = fakeEnvelopes();
  using delivering = aDelivering({ envelopes });
  const topic = delivering.topic();
  delivering.subscribe(topic, "email-json", "a@example.com");
  delivering.subscribe(topic, "lambda", FUNCTION);
  publish(topic);
  expect(signer.signed).toEqual([]);
  delivering.store.messages({});
  expect(signer.signed).toHaveLength(1);
});

test.for([
  [{ items: 2, characters: 100 }, ["22", "333"]],
  [{ items: 3, characters: 100 }, ["1", "22", "333"]],
  [{ items: 100, characters: 5 }, ["22", "333"]],
  [{ items: 100, characters: 6 }, ["1", "22", "333"]],
] as const)("an outbox of %o keeps the latest messages of each account", ([limits, expected]) => {
  using delivering = aDelivering({ store: new OutboxStore({ each: limits, all: PLENTY }) });
  const topic = delivering.topic();
  delivering.subscribe(topic, "sms", "+15551234567");
  const foreign = delivering.topic({}, { account: "111111111111" });
  delivering.subscribe(foreign, "sms", "+15551234567");
  publish(foreign, { message: "4444" });
  for (const message of ["1", "22", "333"]) publish(topic, { message });
  expect(delivering.store.messages({ account: ACCOUNT }).map(({ body }) => body)).toEqual(expected);
  expect(delivering.store.messages({ account: "111111111111" })).toHaveLength(1);
});

test("a reset of one account leaves the messages of the others", () => {
  using delivering = aDelivering();
  for (const account of [ACCOUNT, "111111111111"]) {
    const topic = delivering.topic({}, { account });
    delivering.subscribe(topic, "sms", "+15551234567");
    publish(topic);
  }
  delivering.store.reset(ACCOUNT);
  expect(delivering.store.messages({}).map(({ account }) => account)).toEqual(["111111111111"]);
  delivering.store.reset();
  expect(delivering.store.messages({})).toEqual([]);
});

test.for([
  [{ items: 3, characters: 100 }, ["2 of 0", "2 of 1", "2 of 2"]],
  [{ items: 100, characters: 12 }, ["2 of 1", "2 of 2"]],
] as const)("the outbox of all accounts together is bounded by %o", ([all, kept]) => {
  const store = new OutboxStore({ each: PLENTY, all });
  const direct = new DirectMessages(store);
  for (let round = 0; round < 3; round++) {
    for (let number = 0; number < 3; number++) {
      direct.sendSms({
        id: "id",
        scope: scopeOf(`11111111111${number}`, "us-east-1"),
        to: "+15551234567",
        text: `${round} of ${number}`,
        sentAt: 0,
        senderId: undefined,
        smsType: "Promotional",
        attributes: undefined,
        isOptedOut: false,
      });
    }
  }
  expect(store.messages({}).map(({ body }) => body)).toEqual(kept);
});
