import { expect, test } from "vitest";
import type { QueueRecord } from "../../../src/engine/queue/events.ts";
import { aDirectory, aMessage } from "../../support/queue.ts";

test("a queue's journal begins with its creation and ends with its removal", () => {
  const records: QueueRecord[] = [];
  const { create, queues } = aDirectory({}, () => (record) => records.push(record));
  const queue = create("orders");
  queue.send(aMessage("one"));
  queues.delete(queue);
  expect(records.map(({ type }) => type)).toEqual(["created", "sent", "removed"]);
  expect(records[0]).toMatchObject({ id: queue.id, definition: { settings: queue.settings } });
});
