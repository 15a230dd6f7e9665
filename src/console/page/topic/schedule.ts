import type { AnswerAt } from "../../../testing/control-table.ts";

export type Delivery = AnswerAt<"GET", "deliveries">["deliveries"][number];

/** A delivery that has failed until now. */
interface Schedule {
  readonly key: string;
  readonly messageId: string;
  readonly endpoint: string;
  /** Attempts that failed, in their order. */
  readonly attempts: readonly Delivery[];
  readonly nextAttemptTime: string | undefined;
}

/** Deliveries whose last line says that they are tried again, by the instant of their next attempt. Lines come newest first. */
export function retried(deliveries: readonly Delivery[]): readonly Schedule[] {
  const byDelivery = new Map<string, Delivery[]>();
  for (const line of deliveries) {
    const key = `${line.messageId} ${line.subscriptionArn}`;
    byDelivery.set(key, [...(byDelivery.get(key) ?? []), line]);
  }
  return [...byDelivery]
    .flatMap(([key, lines]) => {
      const [latest] = lines;
      if (latest?.result !== "retrying") return [];
      const { messageId, endpoint, nextAttemptTime } = latest;
      const attempts = lines.filter(({ result }) => result === "retrying").toReversed();
      return [{ key, messageId, endpoint, attempts, nextAttemptTime }];
    })
    .sort(({ nextAttemptTime: one = "" }, { nextAttemptTime: other = "" }) => (one < other ? -1 : 1));
}
