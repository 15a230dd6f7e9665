import { expect, test } from "vitest";
import { MessageIds } from "../../../src/engine/queue/message-ids.ts";

const QUEUE = "3f0b9e4c-7d1a-4c52-9d0e-0a1b2c3d4e5f";
const ANOTHER = "3f0b9e4c-7d1a-4c52-9d0e-0a1b2c3d4e5e";

test.for([0, 1, 255, 256, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER])(
  "the id of message %i is a UUID of version 4",
  (key) => {
    expect(new MessageIds(QUEUE).of(key)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  },
);

test("an id follows from the queue's id and the message's key", () => {
  expect(new MessageIds(QUEUE).of(7)).toBe(new MessageIds(QUEUE).of(7));
});

test("no two messages have one id, be they of one queue or of two whose ids differ by a bit", () => {
  const queues = [new MessageIds(QUEUE), new MessageIds(ANOTHER)];
  const keys = Array.from({ length: 50_000 }, (_, index) => index).concat(2 ** 32, 2 ** 32 + 1, 2 ** 33);
  const ids = new Set(queues.flatMap((queue) => keys.map((key) => queue.of(key))));
  expect(ids.size).toBe(2 * keys.length);
});

test("ids of neighbours have nothing in common that shows: each bit is set in about half of them", () => {
  const ids = new MessageIds(QUEUE);
  const count = 4096;
  const set = new Array<number>(128).fill(0);
  for (let key = 0; key < count; key++) {
    const bits = BigInt(`0x${ids.of(key).replaceAll("-", "")}`);
    for (let bit = 0; bit < 128; bit++) set[bit]! += Number((bits >> BigInt(bit)) & 1n);
  }
  const fixed = set.filter((times) => times === 0 || times === count).length;
  const balanced = set.filter((times) => Math.abs(times - count / 2) < count / 16).length;
  expect([fixed, balanced]).toEqual([6, 122]);
});

test.for([0, 1, 255, 2 ** 31, 2 ** 32 - 1])("the key %i is told by the id, and by that of no other queue", (key) => {
  const ids = new MessageIds(QUEUE);
  expect(ids.keyOf(ids.of(key))).toBe(key);
  expect(new MessageIds(ANOTHER).keyOf(ids.of(key))).toBeUndefined();
});

test.for(["", "x", "00000000-0000-4000-8000-000000000000", new MessageIds(QUEUE).of(2 ** 32)])(
  "%j tells no key",
  (id) => {
    expect(new MessageIds(QUEUE).keyOf(id)).toBeUndefined();
  },
);
