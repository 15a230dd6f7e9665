import { expect, test } from "vitest";
import { aFifoQueue, aMessage } from "../../../support/queue.ts";

test("sequence numbers have twenty digits and grow from message to message", () => {
  const { queue } = aFifoQueue();
  const numbers = Array.from({ length: 50 }, (_, index) => {
    return queue.send(aMessage(String(index), { groupId: String(index % 3) })).sequenceNumber!;
  });
  for (const number of numbers) expect(number).toMatch(/^\d{20}$/);
  expect([...numbers].sort()).toEqual(numbers);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("a received message shows the sequence number its sender was told", () => {
  const { queue } = aFifoQueue();
  const { sequenceNumber } = queue.send(aMessage("a", { groupId: "g" }));
  expect(queue.receive({ max: 1 })[0]?.message.sequenceNumber).toBe(sequenceNumber);
});
