import type { Subscribed } from "../../../engine/topic/subscription/registered.ts";
import { formatArn } from "../../../kernel/arn.ts";
import { type Taken, takenAs } from "../../../kernel/collection/taken.ts";
import type { Entry, PlainEvent } from "../../../kernel/event/event-log.ts";
import { scopeOf } from "../../../kernel/scope.ts";
import type { ReceiverQueues } from "../../transport/receiver-queues.ts";
import type { Dispatcher } from "../dispatcher.ts";
import { type DeliveryKept, deliveryOf } from "./kept-delivery.ts";

interface OwedDeliveriesDeps {
  readonly receivers: Pick<ReceiverQueues, "taken" | "listen">;
  readonly dispatcher: Pick<Dispatcher, "goOnWith">;
  /** The subscription of that ARN with its topic; deleted ones for a while. */
  readonly subscriptionOf: (arn: string) => Subscribed | undefined;
}

/** What an entry says of a delivery by its number: how far it has come, or that it is over. */
export type DeliveryTold = (DeliveryKept & { readonly delivery: number }) | DeliveryOver;

/** A delivery that its receiver took, or that failed for good. */
interface DeliveryOver {
  readonly type: "deliveryOver";
  /** Nothing is made of it. */
  readonly at: number;
  readonly delivery: number;
}

/** Deliveries that receivers have not taken yet, as entries that build them again. */
export class OwedDeliveries {
  readonly #deps: OwedDeliveriesDeps;

  constructor(deps: OwedDeliveriesDeps) {
    this.#deps = deps;
  }

  /** Of every account or of one; to be read to the end at once. An attempt under way counts as one to be made. */
  *entries(account?: string): Generator<Entry, void, void> {
    for (const [job, event] of this.#deps.receivers.taken(account)) {
      yield { resource: formatArn("waystation", scopeOf(job.account, ""), "deliveries"), event };
    }
  }

  /** The same, each with its number, as it is when it is taken, whenever it is read. */
  numbered(account?: string): Taken<Entry> {
    const kept = this.#deps.receivers.taken(account);
    return takenAs(function* () {
      for (const [job, event, delivery] of kept) yield told(job.account, event, delivery);
    });
  }

  /** Has somebody hear of each delivery that is owed, whenever it comes further, and when it is over. */
  listen(listener: (account: string, entry: Entry) => void): void {
    this.#deps.receivers.listen({
      owed: ({ account }, number, kept) => listener(account, told(account, kept, number)),
      over: ({ account }, number) => listener(account, told(account, { type: "deliveryOver", at: 0 }, number)),
    });
  }

  /** Goes on with a delivery. What is owed to a subscription that nobody knows any more is not. */
  replay({ event }: Entry): void {
    const kept = event as DeliveryKept;
    const subscribed = this.#deps.subscriptionOf(kept.subscriptionArn);
    const delivery = subscribed && deliveryOf(kept, subscribed);
    const { attempts, retries, nextAttemptAt } = kept;
    if (delivery !== undefined) this.#deps.dispatcher.goOnWith(delivery, { attempts, retries, nextAttemptAt });
  }
}

function told(account: string, event: PlainEvent, delivery: number): Entry {
  return {
    resource: formatArn("waystation", scopeOf(account, ""), "deliveries"),
    event: { ...event, delivery } as PlainEvent,
  };
}
