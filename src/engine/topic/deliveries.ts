import type { FanOutSearch } from "./fan-out.ts";
import type { Notification } from "./notification.ts";
import type { Subscription } from "./subscription/subscription.ts";

/** Steps of judging filter policies that cost a turn as much as one delivery. */
export const STEPS_PER_DELIVERY = 500;

/** What is still to be delivered: one message to many, or many to one from the archive. */
export type DeliveriesLeft =
  | {
      readonly notification: Notification;
      /** In order; where that is not found yet, all who might get it. */
      readonly receivers: readonly Subscription[];
      readonly isFound: boolean;
    }
  | { readonly subscription: Subscription; readonly redelivered: readonly Notification[] };

/** Deliveries that may take several turns. */
export interface Deliveries {
  /** Each is a delivery, or something that costs as much as so many deliveries. */
  readonly steps: Iterator<number, void>;
  /** How many are left, those who might get the message included. */
  readonly count: number;
  /** Whether it is known who gets the message. */
  readonly isFound: boolean;
  readonly left: DeliveriesLeft;
}

type Search = (message: Notification) => FanOutSearch;

/** Judges the policies that are still to be judged, then sends the message to its receivers; not to those deleted meanwhile. */
export class FanOutDeliveries implements Deliveries {
  readonly steps: Iterator<number, void>;
  #made = 0;
  readonly #notification: Notification;
  readonly #search: FanOutSearch;
  readonly #send: (subscription: Subscription) => void;
  readonly #findPossible: () => readonly Subscription[];
  /** Who might get the message, if somebody asked before it was known. */
  #possible: readonly Subscription[] | undefined;

  /** `possible` is asked at once if somebody wants to know before it is known who gets the message. */
  constructor(
    notification: Notification,
    search: FanOutSearch,
    {
      possible,
      send,
    }: { readonly possible: () => readonly Subscription[]; readonly send: (subscription: Subscription) => void },
  ) {
    this.#notification = notification;
    this.#search = search;
    this.#send = send;
    this.#findPossible = possible;
    this.steps = this.#steps();
  }

  get isFound(): boolean {
    return this.#search.isDone;
  }

  get count(): number {
    return this.isFound ? this.#search.receivers.length - this.#made : this.#possibleOnes.length;
  }

  get left(): DeliveriesLeft {
    const { isFound } = this;
    const receivers = isFound ? this.#search.receivers.slice(this.#made) : this.#possibleOnes;
    return { notification: this.#notification, receivers, isFound };
  }

  get #possibleOnes(): readonly Subscription[] {
    this.#possible ??= this.#findPossible();
    return this.#possible;
  }

  *#steps(): Generator<number, void, void> {
    yield* judging(this.#search);
    for (const subscription of this.#search.receivers) {
      this.#made++;
      if (subscription.state !== "confirmed") continue;
      this.#send(subscription);
      yield 1;
    }
  }
}

/** Goes on with a message that was to be delivered to many, by policies as they are by now where they were not judged. */
export class ResumedDeliveries implements Deliveries {
  readonly steps: Iterator<number, void>;
  #made = 0;
  readonly isFound: boolean;
  readonly #notification: Notification;
  readonly #receivers: readonly Subscription[];

  constructor(
    { notification, receivers, isFound }: Extract<DeliveriesLeft, { readonly isFound: boolean }>,
    {
      search,
      send,
    }: {
      readonly search: (subscription: Subscription) => FanOutSearch;
      readonly send: (subscription: Subscription) => void;
    },
  ) {
    this.#notification = notification;
    this.#receivers = receivers;
    this.isFound = isFound;
    this.steps = this.#steps(search, send);
  }

  get count(): number {
    return this.#receivers.length - this.#made;
  }

  get left(): DeliveriesLeft {
    const receivers = this.#receivers.slice(this.#made);
    return { notification: this.#notification, receivers, isFound: this.isFound };
  }

  *#steps(
    search: (subscription: Subscription) => FanOutSearch,
    send: (subscription: Subscription) => void,
  ): Generator<number, void, void> {
    for (const subscription of this.#receivers) {
      const accepting = this.isFound ? undefined : search(subscription);
      if (accepting !== undefined) yield* judging(accepting);
      this.#made++;
      if (subscription.state !== "confirmed" || accepting?.receivers.length === 0) continue;
      send(subscription);
      yield 1;
    }
  }
}

/** Looks at one archived message after the other, and sends the subscription those it accepts until it is deleted. */
export class Redelivery implements Deliveries {
  readonly steps: Iterator<number, void>;
  #made = 0;
  readonly isFound = true;
  readonly #subscription: Subscription;
  readonly #notifications: readonly Notification[];

  constructor(
    subscription: Subscription,
    notifications: readonly Notification[],
    { search, send }: { readonly search: Search; readonly send: (message: Notification) => void },
  ) {
    this.#subscription = subscription;
    this.#notifications = notifications;
    this.steps = this.#steps(search, send);
  }

  get count(): number {
    return this.#notifications.length - this.#made;
  }

  get left(): DeliveriesLeft {
    return { subscription: this.#subscription, redelivered: this.#notifications.slice(this.#made) };
  }

  *#steps(search: Search, send: (message: Notification) => void): Generator<number, void, void> {
    for (const notification of this.#notifications) {
      if (this.#subscription.state !== "confirmed") return;
      const accepting = search(notification);
      yield* judging(accepting);
      this.#made++;
      if (accepting.receivers.length > 0) send(notification);
      yield 1;
    }
  }
}

/** Judges the policies that are still to be judged, one a step, after the message was taken apart for them. */
function* judging(search: FanOutSearch): Generator<number, void, void> {
  if (!search.isDone) yield search.messageLength / STEPS_PER_DELIVERY;
  while (!search.isDone) yield search.judge(1) / STEPS_PER_DELIVERY;
  search.rest();
}
