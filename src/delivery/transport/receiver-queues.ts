import type { Delivery } from "../../engine/topic/delivery.ts";
import type { Clock } from "../../kernel/clock.ts";
import { type AttemptResult, type DeliveryEvents, refused } from "./attempt.ts";
import { Starts } from "./attempt-starts.ts";
import { Turnstile, type TurnstileLimits } from "./concurrency-limit.ts";
import type { Pace } from "./pace.ts";
import { type DeferredText, PendingDelivery } from "./pending-delivery.ts";
import { Load, type LoadLimits } from "./pending-limits.ts";
import { Lane, type LaneLimits } from "./receiver-queue.ts";

/** A way to endpoints that take their time and may fail. */
export interface Transport {
  /** Attempts at a time in one lane. */
  readonly concurrency: number;
  /** Deliveries of one key share a lane. */
  laneKey(delivery: Delivery): string;
  paceOf(delivery: Delivery): Pace;
  /** What the endpoint gets; asked for in the turn of the publish. */
  textOf(delivery: Delivery): DeferredText;
  /** Makes one attempt. Never rejects; an aborted attempt resolves soon, and its result does not count. */
  attempt(pending: PendingDelivery, signal: AbortSignal): Promise<AttemptResult>;
}

/** How much may be on its way. */
export interface DeliveryLimits {
  /** To one endpoint. */
  readonly lane: Omit<LaneLimits, "concurrency">;
  /** To all of them. */
  readonly load: LoadLimits;
  readonly attempts: TurnstileLimits;
}

interface LanesDoors {
  readonly clockOf: (account: string) => Clock;
  /** What becomes of the deliveries. */
  readonly events: DeliveryEvents;
  /** Whether neither the subscription nor its topic was deleted. */
  readonly isAlive: (delivery: Delivery) => boolean;
  readonly limits: DeliveryLimits;
  /** Runs a task in a later turn of the event loop. */
  readonly soon: (task: () => void) => void;
}

interface OpenLane {
  readonly account: string;
  readonly lane: Lane;
}

/** The lanes with something in them, on the clocks of the topics' accounts. */
export class Lanes {
  readonly #doors: LanesDoors;
  readonly #open = new Map<string, OpenLane>();
  readonly #load: Load;
  readonly #turnstile: Turnstile;
  readonly #starts: Starts;

  constructor(doors: LanesDoors) {
    this.#doors = doors;
    this.#load = new Load(doors.limits.load);
    this.#turnstile = new Turnstile(doors.limits.attempts);
    this.#starts = new Starts(doors.soon);
  }

  /** Takes a delivery on its way. One that its lane has no room for has failed for good, without an attempt. */
  add(delivery: Delivery, transport: Transport): void {
    const key = transport.laneKey(delivery);
    const { lane } = this.#open.get(key) ?? this.#openLane(key, delivery, transport);
    const isTaken = lane.add(new PendingDelivery(delivery, transport.textOf(delivery)));
    if (!isTaken) this.#doors.events.failed(delivery, 0, refused("Too much is pending for this endpoint"));
  }

  /** Drops what is on its way from the topics of an account, or everything. */
  reset(account?: string): void {
    for (const [key, open] of this.#open) {
      if (account !== undefined && open.account !== account) continue;
      open.lane.clear();
      this.#open.delete(key);
    }
  }

  #openLane(key: string, delivery: Delivery, transport: Transport): OpenLane {
    const { clockOf, limits, events } = this.#doors;
    const { account } = delivery.topic.scope;
    const lane = new Lane({
      clock: clockOf(account),
      attempt: (pending, signal) => this.#attempt(pending, signal, transport),
      limits: { ...limits.lane, concurrency: transport.concurrency },
      load: this.#load,
      turnstile: this.#turnstile,
      pace: transport.paceOf(delivery),
      events,
      emptied: () => this.#open.delete(key),
    });
    const open = { account, lane };
    this.#open.set(key, open);
    return open;
  }

  /** What waits for a subscription when that is deleted is not sent any more, but for the word that it was. */
  async #attempt(pending: PendingDelivery, signal: AbortSignal, transport: Transport): Promise<AttemptResult> {
    await this.#starts.turn();
    const { delivery } = pending;
    const isWanted = delivery.type === "UnsubscribeConfirmation" || this.#doors.isAlive(delivery);
    return isWanted && !signal.aborted ? transport.attempt(pending, signal) : refused("The subscription was deleted");
  }
}
