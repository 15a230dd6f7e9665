import assert from "node:assert/strict";
import { IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import { Takings } from "../../../kernel/collection/taken.ts";
import { present } from "../../../kernel/present.ts";
import type { Displaced, Left, Received } from "../events.ts";
import type { MessageKept } from "../kept/kept-events.ts";
import {
  type Counts,
  deliveryAfter,
  deliveryBefore,
  deliveryOf,
  type Message,
  type MessageDelivery,
} from "../message.ts";
import type { Dispatch } from "../order/dispatch.ts";
import type { FreshMessage } from "./fresh-messages.ts";
import type { Retention } from "./retention.ts";

/** What is in a queue, as it is kept. */
export interface QueueContents {
  readonly dispatch: Pick<Dispatch, "receivable" | "heldBy" | "standing" | "takeFairness" | "endOfLine">;
  /** Messages that are delayed or in flight, by the end of that. */
  readonly returns: Pick<IndexedHeap<Message>, "firstRank" | "inOrder" | "rankOf">;
  readonly retention: Pick<Retention, "firstStart" | "inOrder" | "all" | "taken" | "called">;
  /** Whoever tells of messages as they were. */
  readonly takings: Takings<Message>;
  /** The message a receipt names, or undefined when it left the queue or never was. */
  received(key: number): Message | undefined;
}

/** When something happens, and when messages are visible again after it. */
interface Hiding {
  readonly at: number;
  readonly visibleAt: number;
}

/**
 * The messages of a queue, each where its state says: visible ones in line for the next receive, those in flight and
 * delayed by the instant at which that ends.
 */
export class HeldMessages implements QueueContents {
  readonly dispatch: Dispatch;
  readonly retention: Retention;
  readonly takings = new Takings<Message>();
  /** Ends of delays and of visibility timeouts; those of one instant are in the order of the messages. */
  readonly returns = new IndexedHeap<Message>((one, other) => one.key < other.key);
  /** Messages received at least once: those a receipt handle can name. */
  readonly #received = new Map<number, Message>();
  #visible = 0;
  #inFlight = 0;
  #delayed = 0;

  constructor(dispatch: Dispatch, retention: Retention) {
    this.dispatch = dispatch;
    this.retention = retention;
  }

  get counts(): Counts {
    return { visible: this.#visible, inFlight: this.#inFlight, delayed: this.#delayed };
  }

  get visible(): number {
    return this.#visible;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  received(key: number): Message | undefined {
    return this.#received.get(key);
  }

  /** Adds a message that was sent just now. */
  add(message: Message, delayedUntil: number | undefined): void {
    this.retention.add(message);
    if (delayedUntil !== undefined) {
      message.state = "delayed";
      this.returns.set(message, delayedUntil);
    }
    this.#count(message, 1);
    this.dispatch.add(message);
  }

  /** Adds a message that was sent just now, is visible and has no group, to a standard queue. Nobody else keeps its content unless it `isShared`. */
  addFresh(message: FreshMessage, isShared: boolean): void {
    this.retention.fresh.push(message, isShared);
    this.#visible++;
    this.dispatch.freshCame?.(message.key);
  }

  /** Adds a message that was sent to another queue, before now. */
  addEarlier(message: Message): void {
    this.retention.addEarlier(message);
    this.#count(message, 1);
    this.dispatch.add(message);
  }

  /** Puts in a message as it stood. */
  keep(message: Message, { state, visibleAt, isReceived = false, place, isHandedOut }: MessageKept): void {
    message.state = state;
    if (visibleAt !== undefined) this.returns.set(message, visibleAt);
    if (isReceived) this.#received.set(message.key, message);
    this.retention.keep(message);
    this.#count(message, 1);
    this.dispatch.keep(message, { place, isHandedOut });
  }

  take(event: Received): void {
    const message = this.#receivable(event);
    this.takings.before(message);
    this.#received.set(message.key, message);
    message.delivery = deliveryAfter(message.delivery, event.at);
    this.#hide(message, event.visibleAt ?? Number.POSITIVE_INFINITY);
  }

  /** Undoes the last receive of a message. */
  putBack(key: number): void {
    const message = this.#receivedMessage(key);
    this.takings.before(message);
    message.delivery = deliveryBefore(deliveryOf(message));
    if (message.delivery === undefined) this.#received.delete(key);
    this.returns.delete(message);
    this.#show(message);
  }

  /** Hides messages for another time, which were received again by the attempt that received them. */
  hideAnew(keys: readonly number[], hiding: Hiding): void {
    for (const key of keys) this.#note(this.#receivedMessage(key), "repeated");
    this.#retime(keys, hiding);
  }

  changeVisibility(key: number, hiding: Hiding): void {
    const message = this.#receivedMessage(key);
    this.#note(message, "changed");
    if (message.state === "visible") this.#hide(message, hiding.visibleAt);
    this.#retime([key], hiding);
  }

  /** Gives what is delayed already another delay. */
  changeDelay(delayMs: number): void {
    for (const message of this.retention.all()) {
      if (message.state !== "delayed") continue;
      this.takings.before(message);
      this.returns.set(message, message.sentAt + delayMs);
    }
  }

  delete(key: number): void {
    this.#drop(this.#receivedMessage(key));
  }

  /** Puts a message behind others. */
  displace(event: Displaced): void {
    const message = this.#receivable(event);
    this.takings.before(message);
    this.dispatch.displace?.(message, event.place);
  }

  /** Shows messages that are in flight still; nobody can undo their receives any more. */
  duplicate(keys: readonly number[]): void {
    for (const key of keys) {
      const message = this.#receivedMessage(key);
      this.#note(message, "repeated");
      if (message.state !== "inFlight") continue;
      this.returns.delete(message);
      this.#show(message);
    }
  }

  leave(event: Left): void {
    this.#drop(this.#receivable(event));
  }

  /** Drops the message whose retention ends first. */
  expire(): void {
    this.#drop(present(this.retention.first(), "the oldest message"));
  }

  /** Shows so many of those that are due, and says how many. */
  returnDue(now: number, most: number): number {
    for (let shown = 0; shown < most; shown++) {
      const due = this.returns.firstRank() <= now ? this.returns.first() : undefined;
      if (due === undefined) return shown;
      this.takings.before(due);
      this.returns.pop();
      this.#show(due);
    }
    return most;
  }

  /** Notes what happened to a message since it was received. */
  #note(message: Message, since: MessageDelivery["since"]): void {
    this.takings.before(message);
    deliveryOf(message).since = since;
  }

  #retime(keys: readonly number[], { at, visibleAt }: Hiding): void {
    for (const key of keys) this.returns.set(this.#receivedMessage(key), visibleAt);
    if (visibleAt <= at) this.returnDue(at, keys.length);
  }

  #hide(message: Message, visibleAt: number): void {
    this.dispatch.take(message);
    this.#count(message, -1);
    message.state = "inFlight";
    this.#count(message, 1);
    this.returns.set(message, visibleAt);
  }

  /** Makes a message visible that was delayed or in flight. */
  #show(message: Message): void {
    this.takings.before(message);
    const wasDelayed = message.state === "delayed";
    this.#count(message, -1);
    message.state = "visible";
    this.#count(message, 1);
    if (wasDelayed) this.dispatch.ready(message);
    else this.dispatch.restore(message);
  }

  #drop(message: Message): void {
    this.takings.before(message);
    const behind = this.takings.isOpen ? this.dispatch.behind?.(message) : undefined;
    if (behind !== undefined) this.takings.before(behind);
    this.#count(message, -1);
    this.returns.delete(message);
    this.#received.delete(message.key);
    this.retention.remove(message);
    this.dispatch.remove(message);
  }

  #count({ state }: Message, by: 1 | -1): void {
    if (state === "visible") this.#visible += by;
    else if (state === "inFlight") this.#inFlight += by;
    else if (state === "delayed") this.#delayed += by;
  }

  #receivedMessage(key: number): Message {
    return present(this.#received.get(key), "a received message");
  }

  #receivable({ key, groupId }: Received | Left | Displaced): Message {
    this.dispatch.settleOrder();
    const message = this.dispatch.find(key, groupId);
    assert(message, `message ${key} cannot be received`);
    return message;
  }
}
