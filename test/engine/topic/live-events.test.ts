import assert from "node:assert/strict";
import { expect, test } from "vitest";
import type { Published } from "../../../src/engine/topic/events.ts";
import { toLive, toPlain } from "../../../src/engine/topic/live-events.ts";
import { type NewNotification, Notification } from "../../../src/engine/topic/notification.ts";
import { EventLogs } from "../../../src/kernel/event/event-logs.ts";
import { throughJson } from "../../support/through-json.ts";
import { aSubscription, publish, someTopics } from "./topic-fixture.ts";

const identity = { id: "1", sequenceNumber: undefined, publishedAt: 5 };
const origin = "http://localhost:4566";

function published(content: NewNotification) {
  return { type: "published", at: 5, notification: new Notification(identity, content) } as const;
}

test("a published message of texts is in the log as it is, without a copy of its attributes", () => {
  const content = { message: "m", origin, attributes: { color: { dataType: "String", value: "red" } } };
  const plain = toPlain(published(content)) as Published;
  expect(plain.content.attributes).toBe(content.attributes);
  expect(throughJson(plain)).toEqual({ type: "published", at: 5, id: "1", content });
});

test("bytes are in the log in base64, under any name, and come back as they were", () => {
  const attributes = Object.assign(Object.create(null), {
    ["__proto__"]: { dataType: "Binary", value: new Uint8Array([0, 255]) },
    text: { dataType: "String", value: "AP8=" },
  });
  const live = published({ message: "m", origin, attributes });
  const plain = throughJson(toPlain(live)) as Published;
  expect(JSON.stringify(plain.content.attributes)).toBe(
    '{"__proto__":{"dataType":"Binary","base64":"AP8="},"text":{"dataType":"String","value":"AP8="}}',
  );
  const back = toLive(plain);
  assert(back.type === "published");
  const { attributes: values = {} } = back.notification.content;
  expect(Object.entries(values).map(([name, { value }]) => [name, value])).toEqual([
    ["__proto__", Buffer.from([0, 255])],
    ["text", "AP8="],
  ]);
});

test("a filter policy that cannot be is refused when an event with one is replayed", () => {
  const filterPolicy = { scope: "MessageBody", text: "{" } as const;
  const { settings, ...definition } = aSubscription("queue");
  const event = {
    type: "subscribed",
    at: 5,
    arn: "arn",
    token: "t",
    tokenEndsAt: 6,
    definition: { ...definition, settings: { ...settings, filterPolicy } },
  } as const;
  expect(() => toLive(event)).toThrow("an event has a filter policy that cannot be");
});

test("nothing is read of a message that nobody hears of, and its bytes are when somebody does", () => {
  const logs = new EventLogs();
  const told: unknown[] = [];
  const { create } = someTopics({ logs, published: (_, notification) => told.push(notification.content.attributes) });
  const topic = create();
  topic.subscribe(aSubscription("queue"));
  let reads = 0;
  const attribute = {
    dataType: "Binary",
    get value() {
      reads++;
      return new Uint8Array([1]);
    },
  };
  const attributes = { bytes: attribute };
  publish(topic, "unheard", { attributes });
  expect(reads).toBe(0);
  expect(told).toEqual([attributes]);
  expect(told[0]).toBe(attributes);
  using _ = { [Symbol.dispose]: logs.listen(() => {}) };
  publish(topic, "heard", { attributes });
  expect(reads).toBeGreaterThan(0);
});

test("who is told of a publish is told of the youngest subscription, whatever became of it", () => {
  const youngest: unknown[] = [];
  const { create } = someTopics({ published: (_topic, _notification, arn) => youngest.push(arn) });
  const topic = create();
  publish(topic, "to nobody");
  const [first, second] = ["a", "b"].map((endpoint) => topic.subscribe(aSubscription(endpoint)));
  publish(topic, "to two");
  topic.unsubscribe(second!);
  publish(topic, "to the first");
  expect(youngest).toEqual([undefined, second!.arn, second!.arn]);
  expect(first!.state).toBe("confirmed");
});
