import assert from "node:assert/strict";
import { IndexedHeap } from "../../kernel/collection/indexed-heap.ts";
import { present } from "../../kernel/present.ts";
import { AcceptedMessages } from "./accepted-messages.ts";
import { SETTLED_PER_TURN } from "./catching-up.ts";
import type { Arrived, Configured, Left, QueueEvent, Received, Sent } from "./events.ts";
import {
  arrivedMessage,
  type Counts,
  deliveryAfter,
  deliveryBefore,
  deliveryOf,
  extrasOf,
  Message,
  type Receipt,
  type SentMessage,
} from "./message.ts";
import { MessageIds } from "./message-ids.ts";
import type { Dispatch } from "./order/dispatch.ts";
import { FifoDispatch } from "./order/fifo-dispatch.ts";
import { sequenceNumber } from "./order/sequence-number.ts";
import { StandardDispatch } from "./order/standard-dispatch.ts";
import { ReceiveAttempts } from "./receive/receive-attempts.ts";
import { Retention } from "./retention.ts";
import type { QueueSettings } from "./settings.ts";
import { SettingsInForce } from "./settings-in-force.ts";
import { Tally } from "./tally.ts";

/** What is in a queue, as it is kept. */
export interface QueueContents {
  readonly dispatch: Pick<Dispatch, "receivable" | "heldBy">;
  /** Messages that are delayed or in flight, by the end of that. */
  readonly returns: Pick<IndexedHeap<Message>, "inOrder" | "rankOf">;
  readonly retention: Pick<Retention, "firstStart" | "inOrder">;
}

/**
 * What a queue holds. Only two things change it: an event, through `apply`, and the passing of time, through
 * `passTime`. Both are deterministic, so the same events at the same instants always build the same state.
 */
export class QueueState {
  accepted = new AcceptedMessages();
  readonly attempts = new ReceiveAttempts();
  attributes: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  /** When attributes were last set. */
  modifiedAt: number;
  purgedAt = Number.NEGATIVE_INFINITY;
  /** The key the next message gets, and the place behind all others. */
  nextKey = 0;
  readonly #ids: MessageIds;
  readonly #settings: SettingsInForce;
  /** The instant up to which time has passed. */
  #now = Number.NEGATIVE_INFINITY;
  #isBehind = false;
  #dispatch: Dispatch;
  #retention = new Retention();
  /** Ends of delays and of visibility timeouts. */
  #returns = newReturns();
  /** Messages received at least once: those a receipt handle can name. */
  #received = new Map<number, Message>();
  #tally = new Tally();

  /** `id` is that of the queue. */
  constructor(
    created: { readonly id: string } & Pick<Configured, "at" | "settings" | "attributes"> & Pick<QueueState, "tags">,
  ) {
    this.#ids = new MessageIds(created.id);
    this.#settings = new SettingsInForce(created.settings);
    this.attributes = created.attributes;
    this.tags = created.tags;
    this.modifiedAt = created.at;
    this.#dispatch = this.#newDispatch();
  }

  /** The settings in force. */
  get settings(): QueueSettings {
    return this.#settings.current;
  }

  get counts(): Counts {
    return { ...this.#tally };
  }

  get visible(): number {
    return this.#tally.visible;
  }

  get inFlight(): number {
    return this.#tally.inFlight;
  }

  /** Whether more was due than was to happen at most when time passed last. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** When time alone next makes a message visible, expires one or puts settings into force; Infinity when it never will. */
  get nextChange(): number {
    return Math.min(this.#returns.firstRank(), this.nextRetentionEnd, this.#settings.nextChange);
  }

  /** When retention ends next; Infinity when there is no message. */
  get nextRetentionEnd(): number {
    return this.#retention.firstStart + this.settings.retentionMs;
  }

  get dispatch(): Pick<Dispatch, "next" | "oldest"> {
    return this.#dispatch;
  }

  /** What is in it, to be looked at. */
  get contents(): QueueContents {
    return { dispatch: this.#dispatch, returns: this.#returns, retention: this.#retention };
  }

  /** What the sender of the message with that key is told. */
  sent(key: number): SentMessage {
    return { id: this.#ids.of(key), sequenceNumber: this.#sequenceNumber(key) };
  }

  /** The message a receipt names, or undefined when it left the queue or never was. */
  received(key: number): Message | undefined {
    return this.#received.get(key);
  }

  /**
   * Lets everything happen that is due by `now`, in the order it falls due, however long nobody looked. Stops on the way
   * when so many messages became visible, expired or were forgotten, and says how many did.
   */
  passTime(now: number, most = Number.POSITIVE_INFINITY): number {
    let done = 0;
    for (let next = this.nextChange; next <= now; next = this.nextChange) {
      this.#isBehind = done >= most;
      if (this.#isBehind) return done;
      done += this.#reach(Math.max(next, this.#now), most - done);
    }
    this.#isBehind = false;
    this.#now = now;
    this.#dispatch.passTime(now);
    if (!this.settings.isFifo) return done;
    const forgotten = this.accepted.passTime(now, most - done);
    return done + forgotten + this.attempts.passTime(now, most - done - forgotten);
  }

  apply(event: QueueEvent): void {
    switch (event.type) {
      case "sent":
        return this.#sent(event);
      case "arrived":
        this.#arrived(event);
        this.passTime(event.at, SETTLED_PER_TURN);
        return;
      case "received":
        return this.#take(event);
      case "unreceived":
        return this.#unreceive(event.receipts);
      case "attempted":
        return this.attempts.remember(event.attemptId, event.receipts, event.at);
      case "retimed":
        for (const key of event.keys) deliveryOf(this.#receivedMessage(key)).since = "repeated";
        return this.#retime(event.keys, event);
      case "visibilityChanged":
        return this.#changeVisibility(this.#receivedMessage(event.key), event);
      case "deleted":
        return this.#drop(this.#receivedMessage(event.key));
      case "left":
        return this.#drop(this.#receivable(event));
      case "purged":
        return this.#purge(event.at);
      case "configured":
        this.attributes = event.attributes;
        this.modifiedAt = event.at;
        this.#settings.set(event);
        this.passTime(event.at, SETTLED_PER_TURN);
        return;
      case "tagged":
        this.tags = event.tags;
    }
  }

  #sent(event: Sent): void {
    const { at, key, visibleAt, message: sent } = event;
    const extras = extrasOf(sent, this.#sequenceNumber(key));
    const message = new Message({ key, ids: this.#ids, sentAt: at }, sent, extras);
    this.#retention.add(message);
    this.#enter(message, visibleAt > at ? visibleAt : undefined);
    if (this.settings.isFifo) this.accepted.remember(sent, { key, at, scope: this.settings.deduplicationScope });
  }

  #arrived({ at, key, message: transferred }: Arrived): void {
    // AWS: the move resets the enqueue timestamp on FIFO queues only. Developer guide, dead-letter queue retention.
    const sentAt = this.settings.isFifo ? at : transferred.sentAt;
    const message = arrivedMessage(transferred, { key, ids: this.#ids, sentAt, at }, this.#sequenceNumber(key));
    if (sentAt === at) this.#retention.add(message);
    else this.#retention.addEarlier(message);
    this.#enter(message, undefined);
  }

  #sequenceNumber(key: number): string | undefined {
    return this.settings.isFifo ? sequenceNumber(key) : undefined;
  }

  #enter(message: Message, delayedUntil: number | undefined): void {
    this.nextKey = Math.max(this.nextKey, message.key + 1);
    if (delayedUntil !== undefined) {
      message.state = "delayed";
      this.#returns.set(message, delayedUntil);
    }
    this.#tally.add(message.state);
    this.#dispatch.add(message);
  }

  #take(event: Received): void {
    const message = this.#receivable(event);
    this.#received.set(message.key, message);
    message.delivery = deliveryAfter(message.delivery, event.at);
    this.#hide(message, event.visibleAt ?? Number.POSITIVE_INFINITY);
  }

  #hide(message: Message, visibleAt: number): void {
    this.#dispatch.take(message);
    this.#tally.remove(message.state);
    message.state = "inFlight";
    this.#tally.add(message.state);
    this.#returns.set(message, visibleAt);
  }

  #unreceive(receipts: readonly Receipt[]): void {
    this.attempts.forget(receipts);
    for (const { key } of receipts) this.#putBack(this.#receivedMessage(key));
  }

  #putBack(message: Message): void {
    message.delivery = deliveryBefore(deliveryOf(message));
    if (message.delivery === undefined) this.#received.delete(message.key);
    this.#returns.delete(message);
    this.#show(message);
  }

  #changeVisibility(message: Message, event: { readonly at: number; readonly visibleAt: number }): void {
    deliveryOf(message).since = "changed";
    if (message.state === "visible") this.#hide(message, event.visibleAt);
    this.#retime([message.key], event);
  }

  #retime(keys: readonly number[], { at, visibleAt }: { readonly at: number; readonly visibleAt: number }): void {
    for (const key of keys) this.#returns.set(this.#receivedMessage(key), visibleAt);
    if (visibleAt <= at) this.#returnDue(at, keys.length);
  }

  #purge(at: number): void {
    this.purgedAt = at;
    this.accepted = new AcceptedMessages();
    this.#dispatch = this.#newDispatch();
    this.#retention = new Retention();
    this.#returns = newReturns();
    this.#received = new Map<number, Message>();
    this.#tally = new Tally();
  }

  /** Puts the next settings into force. A changed delay of a FIFO queue holds for messages delayed already. SQS guide, delay queues. */
  #enforceNext(): void {
    const { delayMs: delayBefore } = this.settings;
    this.#settings.advance();
    const { isFifo, delayMs } = this.settings;
    if (!isFifo || delayMs === delayBefore) return;
    for (const message of this.#retention.all()) {
      if (message.state === "delayed") this.#returns.set(message, message.sentAt + delayMs);
    }
  }

  /** Goes on to the next instant at which something is due, and lets so much of it happen. */
  #reach(at: number, most: number): number {
    this.#now = at;
    this.#dispatch.passTime(at);
    let done = this.#returnDue(at, most);
    for (; done < most && this.nextRetentionEnd <= at; done++) {
      this.#drop(present(this.#retention.first(), "the oldest message"));
    }
    if (done < most && this.#settings.nextChange <= at) this.#enforceNext();
    return done;
  }

  /** Shows so many of those that are due, and says how many. */
  #returnDue(now: number, most: number): number {
    let shown = 0;
    for (; shown < most && this.#returns.firstRank() <= now; shown++) {
      this.#show(present(this.#returns.pop(), "a message that returns"));
    }
    return shown;
  }

  /** Makes a message visible that was delayed or in flight. */
  #show(message: Message): void {
    const wasDelayed = message.state === "delayed";
    this.#tally.remove(message.state);
    message.state = "visible";
    this.#tally.add(message.state);
    if (wasDelayed) this.#dispatch.ready(message);
    else this.#dispatch.restore(message);
  }

  #drop(message: Message): void {
    this.#tally.remove(message.state);
    this.#returns.delete(message);
    this.#received.delete(message.key);
    this.#retention.remove(message);
    this.#dispatch.remove(message);
  }

  #receivedMessage(key: number): Message {
    return present(this.#received.get(key), "a received message");
  }

  #receivable({ key, groupId }: Received | Left): Message {
    this.#dispatch.settleOrder();
    const message = this.#dispatch.find(key, groupId);
    assert(message, `message ${key} cannot be received`);
    return message;
  }

  #newDispatch(): Dispatch {
    return this.settings.isFifo ? new FifoDispatch() : new StandardDispatch(() => this.nextKey++);
  }
}

/** Ends of one instant are in the order of the messages. */
function newReturns(): IndexedHeap<Message> {
  return new IndexedHeap<Message>((one, other) => one.key < other.key);
}
