import { expect, test } from "vitest";
import type { NotificationDelivery } from "../../../../src/engine/topic/delivery.ts";
import { aDelivery, aNotification, aSubscription, aTopic, fakeEnvelopes } from "../../deliveries.ts";

/** Deliveries of one publish to several subscriptions. */
function fanOut(protocols: readonly ("sqs" | "http" | "lambda")[]): NotificationDelivery[] {
  const shared = aDelivery();
  return protocols.map((protocol, index) => ({ ...shared, subscription: aSubscription(protocol, String(index)) }));
}

test("nothing is signed until somebody reads", () => {
  const { envelopes, signer } = fakeEnvelopes();
  const texts = fanOut(["sqs", "sqs"]).map((delivery) => envelopes.notification(delivery));
  expect(signer.signed).toEqual([]);
  expect(texts[0]?.text).toContain("Signature");
  expect(signer.signed).toHaveLength(1);
});

test("a message is signed once for all who get it, and each gets its own link", () => {
  const { envelopes, signer } = fakeEnvelopes();
  const texts = fanOut(["sqs", "sqs", "http"]).map((delivery) => envelopes.notification(delivery));
  const links = texts.map(({ text }) => JSON.parse(text).UnsubscribeURL.split(":").at(-1));
  expect(links).toEqual(["0", "1", "2"]);
  expect(signer.signed).toHaveLength(1);
});

test("reading again gives the same text without signing again", () => {
  const { envelopes, signer } = fakeEnvelopes();
  const envelope = envelopes.notification(aDelivery());
  expect(envelope.text).toBe(envelope.text);
  expect(signer.signed).toHaveLength(1);
});

test("function and envelope share a signature", () => {
  const { envelopes, signer } = fakeEnvelopes();
  const [http, lambda] = fanOut(["http", "lambda"]) as [NotificationDelivery, NotificationDelivery];
  const { Signature } = JSON.parse(envelopes.notification(http).text);
  expect(JSON.parse(envelopes.lambdaEvent(lambda)).Records[0].Sns.Signature).toBe(Signature);
  expect(signer.signed).toHaveLength(1);
});

test("a retry after other publishes finds the signature still there", () => {
  const { envelopes, signer } = fakeEnvelopes();
  const delivery = aDelivery({ subscription: aSubscription("lambda") });
  const first = envelopes.lambdaEvent(delivery);
  const other = envelopes.notification(aDelivery({ notification: aNotification({ message: "another" }) }));
  expect(other.text).toContain("another");
  expect(envelopes.lambdaEvent(delivery)).toBe(first);
  expect(signer.signed).toHaveLength(2);
});

test("two messages with the same text are signed apart", () => {
  const { envelopes, signer } = fakeEnvelopes();
  for (const id of ["one", "two"]) {
    expect(envelopes.notification(aDelivery({ notification: aNotification({}, { id }) })).text).toContain(id);
  }
  expect(signer.signed.map((text) => text.split("\n")[3])).toEqual(["one", "two"]);
});

test("the signature version is that of the moment of publishing", () => {
  const { envelopes } = fakeEnvelopes();
  const topic = aTopic({ signatureVersion: "1" });
  const before = envelopes.notification(aDelivery({ topic }));
  Object.assign(topic, { definition: aTopic({ signatureVersion: "2" }).definition });
  const after = envelopes.notification(aDelivery({ topic }));
  expect(JSON.parse(before.text).SignatureVersion).toBe("1");
  expect(JSON.parse(after.text).SignatureVersion).toBe("2");
});
