import { expect, test } from "vitest";
import { queueProperties, subscriptionProperties, topicProperties } from "../../src/provisioning/world/properties.ts";
import { subscriptionAttributes } from "../../src/service/sns/subscription/subscription-attributes.ts";
import { topicAttributes } from "../../src/service/sns/topic/topic-attributes.ts";
import { queueAttributes } from "../../src/service/sqs/queue/queue-attributes.ts";
import { provisioned } from "../support/declaring.ts";

/** What can be set of a table of attributes. */
function settable(table: ReadonlyMap<string, { readonly read?: unknown }>): readonly string[] {
  return [...table].flatMap(([name, { read }]) => (read === undefined ? [] : [name])).sort();
}

test("a file can set what AWS's operations can set", () => {
  expect(Object.keys(queueProperties).sort()).toEqual(settable(queueAttributes));
  expect(Object.keys(subscriptionProperties).sort()).toEqual(settable(subscriptionAttributes));
  expect(Object.keys(topicProperties).sort()).toEqual([...settable(topicAttributes), "DataProtectionPolicy"].sort());
});

test("what holds unless it is given is what a queue has that is given nothing", async () => {
  await using here = provisioned();
  await here.apply("queues: [a.fifo]");
  const { Attributes } = await here.call<{ Attributes: Record<string, string> }>("sqs", "GetQueueAttributes", {
    QueueUrl: "http://localhost:4566/000000000000/a.fifo",
    AttributeNames: ["All"],
  });
  const shown = Object.entries(queueProperties).filter(([name]) => Attributes[name] !== undefined);
  expect(shown.map(([name, { fallback }]) => [name, fallback])).toEqual(
    shown.map(([name]) => [name, Attributes[name]]),
  );
});
