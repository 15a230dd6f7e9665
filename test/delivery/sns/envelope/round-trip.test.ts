import fc from "fast-check";
import { expect, test } from "vitest";
import type { MessageAttributes } from "../../../../src/kernel/message-attribute.ts";
import { aDelivery, aNotification, fakeEnvelopes } from "../../deliveries.ts";

const text = fc.string({ unit: "binary", minLength: 1 });
const attribute = fc.oneof(
  fc.record({ dataType: fc.constantFrom("String", "Number", "String.Array"), value: text }),
  fc.record({ dataType: fc.constant("Binary"), value: fc.uint8Array({ minLength: 1 }) }),
);
const content = fc.record({
  message: text,
  subject: fc.option(text, { nil: undefined }),
  attributes: fc.dictionary(fc.stringMatching(/^[\w-]{1,20}$/), attribute),
});

/** What a reader finds in `MessageAttributes`. */
function shown(attributes: MessageAttributes): Record<string, unknown> {
  const entries = Object.entries(attributes).map(([name, { dataType, value }]) => {
    return [name, { Type: dataType, Value: typeof value === "string" ? value : Buffer.from(value).toString("base64") }];
  });
  return Object.fromEntries(entries);
}

test("whatever is published is read back from every format", () => {
  const { envelopes } = fakeEnvelopes();
  fc.assert(
    fc.property(content, ({ message, subject, attributes }) => {
      const delivery = aDelivery({ notification: aNotification({ message, subject, attributes }) });
      const envelope = JSON.parse(envelopes.notification(delivery).text);
      const record = JSON.parse(envelopes.firehoseRecord(delivery));
      for (const read of [envelope, record]) {
        expect([read.Message, read.Subject, read.MessageAttributes ?? {}]).toEqual([
          message,
          subject,
          shown(attributes),
        ]);
      }
      const event = JSON.parse(envelopes.lambdaEvent(delivery)).Records[0].Sns;
      expect([event.Message, event.Subject]).toEqual([message, subject ?? null]);
      expect(Object.keys(event.MessageAttributes).sort()).toEqual(Object.keys(attributes).sort());
    }),
  );
});

test("what is signed is what a reader of the envelope puts together again", () => {
  const { envelopes, signer } = fakeEnvelopes();
  fc.assert(
    fc.property(content, ({ message, subject }) => {
      const read = JSON.parse(
        envelopes.notification(aDelivery({ notification: aNotification({ message, subject }) })).text,
      );
      const names = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"].filter((name) => name in read);
      expect(signer.signed.at(-1)).toBe(names.map((name) => `${name}\n${read[name]}\n`).join(""));
    }),
  );
});
