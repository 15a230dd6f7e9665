import type { DataProtection, Refusal } from "../../engine/topic/data-protection/data-protection.ts";
import type { Delivery, Outbox } from "../../engine/topic/delivery.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import type { ReportDropped } from "./topic-job.ts";

export interface ProtectedOutboxDeps {
  readonly deliver: Outbox;
  readonly protection: Pick<DataProtection, "outbound">;
  readonly log: Pick<DeliveryLog, "add">;
  readonly dropped: ReportDropped;
  /** Hears of mistakes of our own. */
  readonly report: (cause: unknown) => void;
}

/**
 * Applies the topics' data protection policies to what leaves them. What they deny is logged and goes nowhere; nor does
 * what cannot be judged, while the deliveries beside it are made.
 */
export function protectedOutbox({ deliver, protection, log, dropped, report }: ProtectedOutboxDeps): Outbox {
  return (delivery) => {
    try {
      const allowed = delivery.type === "Notification" ? protection.outbound(delivery) : delivery;
      if (typeof allowed !== "string") return deliver(allowed);
      const denial = denialOf(delivery, allowed);
      log.add(delivery, 1, denial);
      dropped(delivery, { ...denial, attempt: 1 });
    } catch (cause) {
      report(cause);
    }
  };
}

function denialOf({ subscription: { arn } }: Delivery, refusal: Refusal) {
  const reason =
    refusal === "denied"
      ? `The topic's data protection policy prohibits this message from being delivered to ${arn}`
      : `The topic's data protection policy is too complex for a message of this size to be delivered to ${arn}`;
  return { result: "dropped", statusCode: 403, reason } as const;
}
