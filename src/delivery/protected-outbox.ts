import type { DataProtection } from "../engine/topic/data-protection/data-protection.ts";
import type { Outbox } from "../engine/topic/delivery.ts";
import type { DeliveryLog } from "./delivery-log.ts";

/** Applies the topics' data protection policies to what leaves them. What they deny is logged and goes nowhere. */
export function protectedOutbox(
  deliver: Outbox,
  protection: Pick<DataProtection, "outbound">,
  log: Pick<DeliveryLog, "add">,
): Outbox {
  return (delivery) => {
    const allowed = delivery.type === "Notification" ? protection.outbound(delivery) : delivery;
    if (allowed !== "denied") return deliver(allowed);
    const reason = `The topic's data protection policy prohibits this message from being delivered to ${delivery.subscription.arn}`;
    log.add(delivery, 1, { result: "dropped", statusCode: 403, reason });
  };
}
