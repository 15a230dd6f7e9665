import { expect, test } from "vitest";
import { type ProtectedOutboxDeps, protectedOutbox } from "../../../src/delivery/sns/protected-outbox.ts";
import { DataProtection } from "../../../src/engine/topic/data-protection/data-protection.ts";
import type { Delivery } from "../../../src/engine/topic/delivery.ts";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { SystemClock } from "../../../src/kernel/time/system-clock.ts";
import { aPolicy, mask } from "../../engine/topic/data-protection/policies.ts";
import { aConfirmation, aDelivery, aNotification, aTopic } from "../deliveries.ts";

/** An outbox that keeps what passes, what is logged and what is reported. */
function anOutbox(deps: Partial<ProtectedOutboxDeps> = {}) {
  const passed: Delivery[] = [];
  const logged: unknown[] = [];
  const dropped: string[] = [];
  const reports: unknown[] = [];
  const clock = new ControlledClock(new SystemClock());
  const outbox = protectedOutbox({
    deliver: (delivery) => void passed.push(delivery),
    protection: new DataProtection(() => clock),
    log: { add: (_delivery, attempt, outcome) => void logged.push({ attempt, ...outcome }) },
    dropped: (_delivery, { reason }) => void dropped.push(reason),
    report: (cause) => void reports.push(cause),
    ...deps,
  });
  return { outbox, passed, logged, dropped, reports };
}

test("what the policy denies goes nowhere, and the log says why", () => {
  const { outbox, passed, logged, dropped } = anOutbox();
  const topic = aTopic({}, { dataProtectionPolicy: aPolicy({ DataDirection: "Outbound" }) });
  const delivery = aDelivery({ topic, notification: aNotification({ message: "joe@example.com" }) });
  outbox(delivery);
  expect(passed).toEqual([]);
  const reason = `The topic's data protection policy prohibits this message from being delivered to ${delivery.subscription.arn}`;
  expect(logged).toEqual([{ attempt: 1, result: "dropped", statusCode: 403, reason }]);
  expect(dropped).toEqual([reason]);
});

test("what the policy masks passes masked", () => {
  const { outbox, passed, logged } = anOutbox();
  const topic = aTopic({}, { dataProtectionPolicy: aPolicy({ DataDirection: "Outbound", Operation: mask("#") }) });
  outbox(aDelivery({ topic, notification: aNotification({ message: "to joe@example.com" }) }));
  expect(passed).toMatchObject([{ notification: { content: { message: "to ###############" } } }]);
  expect(logged).toEqual([]);
});

test("confirmations and messages of topics without policy pass as they are", () => {
  const { outbox, passed } = anOutbox();
  const deliveries = [aConfirmation(), aDelivery({ notification: aNotification({ message: "joe@example.com" }) })];
  for (const delivery of deliveries) outbox(delivery);
  expect(passed[0]).toBe(deliveries[0]);
  expect(passed[1]).toBe(deliveries[1]);
});

test("a message that cannot be judged goes nowhere, and the publisher and other receivers do not notice", () => {
  const mistake = new Error("a mistake of our own");
  const denied = aDelivery();
  const { outbox, passed, reports } = anOutbox({
    protection: {
      outbound(delivery) {
        if (delivery === denied) throw mistake;
        return delivery;
      },
    },
  });
  const other = aDelivery();
  outbox(denied);
  outbox(other);
  expect(passed).toEqual([other]);
  expect(reports).toEqual([mistake]);
});
