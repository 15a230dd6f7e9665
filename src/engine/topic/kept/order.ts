import type { FanOut } from "../fan-out.ts";
import type { Subscription } from "../subscription/subscription.ts";
import type { OrderKept } from "./kept-events.ts";

/** The subscriptions that messages go to in the order in which they came, by protocol. */
export type Came = Map<Subscription["protocol"], Subscription[]>;

/** The order in which subscriptions get messages, as far as it is not the one in which they came. Costs O(n). */
export function* orderKept(
  order: readonly (ReturnType<FanOut["inOrder"]> extends Iterable<infer Line> ? Line : never)[],
  came: Came,
  at: number,
): Generator<OrderKept, void, void> {
  const type = "orderKept";
  for (const [protocol, served] of order) {
    const cameInOrder = came.get(protocol) ?? [];
    const first = served.findIndex((subscription, place) => subscription !== cameInOrder[place]);
    if (first >= 0) for (const { arn: last } of served.slice(first)) yield { type, at, last };
  }
  const protocols = order.map(([protocol]) => protocol);
  if (protocols.length > 0 && protocols.join() !== [...came.keys()].join()) yield { type, at, protocols };
}
