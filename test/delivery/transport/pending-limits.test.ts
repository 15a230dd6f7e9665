import { expect, test } from "vitest";
import { PendingDelivery } from "../../../src/delivery/transport/pending-delivery.ts";
import { Load } from "../../../src/delivery/transport/pending-limits.ts";
import { aDelivery, aNotification } from "../deliveries.ts";

function pending(notification = aNotification({ message: "12345" })): PendingDelivery {
  return new PendingDelivery(aDelivery({ notification }), { text: "" });
}

test("a lane has room while fewer are pending than may be, all lanes together", () => {
  const load = new Load({ pending: 2, characters: 1000, assured: 0 });
  const [first, second] = [pending(), pending()];
  load.add(first);
  expect(load.hasRoomFor(1)).toBe(true);
  load.add(second);
  expect(load.hasRoomFor(1)).toBe(false);
  load.delete(first);
  expect(load.hasRoomFor(1)).toBe(true);
});

test("what a lane is assured of it has room for, whatever the others hold", () => {
  const load = new Load({ pending: 0, characters: 0, assured: 2 });
  expect([0, 1, 2].map((held) => load.hasRoomFor(held))).toEqual([true, true, false]);
});

test("a message counts once, for as long as anybody holds it", () => {
  const load = new Load({ pending: 100, characters: 10, assured: 0 });
  const shared = aNotification({ message: "12345" });
  const [first, second] = [pending(shared), pending(shared)];
  for (const delivery of [first, second]) load.add(delivery);
  expect(load.hasRoomFor(0)).toBe(true);
  const other = pending();
  load.add(other);
  expect(load.hasRoomFor(0)).toBe(false);
  load.delete(first);
  expect(load.hasRoomFor(0)).toBe(false);
  load.delete(second);
  expect(load.hasRoomFor(0)).toBe(true);
});
