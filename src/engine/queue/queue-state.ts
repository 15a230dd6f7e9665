import { SETTLED_PER_TURN } from "../../kernel/time/catching-up.ts";
import { AcceptedMessages } from "./accepted-messages.ts";
import type { Arrived, Configured, QueueEvent } from "./events.ts";
import { HeldMessages, type QueueContents } from "./held/held-messages.ts";
import { Retention } from "./held/retention.ts";
import type { MessageKept } from "./kept/kept-events.ts";
import { arrivedMessage, type Counts, extrasOf, Message, type MessageHome, type SentMessage } from "./message.ts";
import { MessageIds } from "./message-ids.ts";
import type { Dispatch } from "./order/dispatch.ts";
import { FifoDispatch } from "./order/fifo-dispatch.ts";
import { sequenceNumber } from "./order/sequence-number.ts";
import { StandardDispatch } from "./order/standard-dispatch.ts";
import { ReceiveAttempts } from "./receive/receive-attempts.ts";
import type { QueueSettings } from "./settings.ts";

/**
 * What a queue holds. Only two things change it: an event, through `apply`, and the passing of time, through
 * `passTime`. Both are deterministic, so the same events at the same instants always build the same state.
 */
export class QueueState {
  accepted = new AcceptedMessages();
  readonly attempts = new ReceiveAttempts();
  /** The settings in force. */
  settings: QueueSettings;
  attributes: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  /** When attributes were last set. */
  modifiedAt: number;
  purgedAt = Number.NEGATIVE_INFINITY;
  /** Whether more was due than was to happen at most when time passed last. */
  isBehind = false;
  /** The key the next message gets, and the place behind all others. */
  nextKey = 0;
  readonly #home: MessageHome;
  /** Settings that were set but are still to come into force, in the order in which they do. */
  readonly #coming: Configured[] = [];
  /** The instant up to which time has passed. */
  #now = Number.NEGATIVE_INFINITY;
  #isSettled = false;
  #messages: HeldMessages;

  /** `id` is that of the queue. */
  constructor(
    created: { readonly id: string } & Pick<Configured, "at" | "settings" | "attributes"> & Pick<QueueState, "tags">,
  ) {
    this.#home = { ids: new MessageIds(created.id), createdAt: created.at };
    this.settings = created.settings;
    this.attributes = created.attributes;
    this.tags = created.tags;
    this.modifiedAt = created.at;
    this.#messages = this.#noMessages();
  }

  get counts(): Counts {
    return this.#messages.counts;
  }

  get visible(): number {
    return this.#messages.visible;
  }

  get inFlight(): number {
    return this.#messages.inFlight;
  }

  /** Whether nothing is due at that instant for sure: it was reached, and at the most messages came since that wait as they are. */
  isSettledAt(now: number): boolean {
    return now === this.#now && this.#isSettled;
  }

  /** When time alone next makes a message visible, expires one or puts settings into force; Infinity when it never will. */
  get nextChange(): number {
    return Math.min(this.#messages.returns.firstRank(), this.nextRetentionEnd, this.#nextSettingsAt);
  }

  /** When retention ends next; Infinity when there is no message. */
  get nextRetentionEnd(): number {
    return this.#messages.retention.firstStart + this.settings.retentionMs;
  }

  get dispatch(): Pick<Dispatch, "next" | "oldest" | "placeBehind"> {
    return this.#messages.dispatch;
  }

  /** What is in it, to be looked at. */
  get contents(): QueueContents {
    return this.#messages;
  }

  /** What the sender of the message with that key is told. */
  sent(key: number): SentMessage {
    return { id: this.#home.ids.of(key), key, sequenceNumber: this.#sequenceNumber(key) };
  }

  /** The key of the message that was sent here under that id, whether or not it still is; undefined when none was. */
  keyOf(id: string): number | undefined {
    const key = this.#home.ids.keyOf(id);
    return key !== undefined && key < this.nextKey ? key : undefined;
  }

  /** The events that set what a queue made then, with the settings in force, does not have already. */
  keptSettings(createdAt: number): readonly Configured[] {
    if (this.#coming.length > 0 || this.modifiedAt === createdAt) return this.#coming;
    const { modifiedAt: at, attributes, settings } = this;
    return [{ type: "configured", at, effectiveAt: at, settings, attributes }];
  }

  /** The message a receipt names, or undefined when it left the queue or never was. */
  received(key: number): Message | undefined {
    return this.#messages.received(key);
  }

  /**
   * Lets everything happen that is due by `now`, in the order it falls due, however long nobody looked. Stops on the way
   * when so many messages became visible, expired or were forgotten, and says how many did.
   */
  passTime(now: number, most = Number.POSITIVE_INFINITY): number {
    let done = 0;
    this.#isSettled = false;
    for (let next = this.nextChange; next <= now; next = this.nextChange) {
      this.isBehind = done >= most;
      if (this.isBehind) return done;
      done += this.#reach(Math.max(next, this.#now), most - done);
    }
    this.isBehind = false;
    this.#now = now;
    this.#messages.dispatch.passTime(now);
    this.#isSettled = !this.settings.isFifo;
    if (!this.settings.isFifo) return done;
    const forgotten = this.accepted.passTime(now, most - done);
    return done + forgotten + this.attempts.passTime(now, most - done - forgotten);
  }

  /** Nobody else keeps the content of a message that was sent unless it `isShared`. */
  apply(event: QueueEvent, isShared = false): void {
    if (event.type === "sent") return this.#sent(event, isShared);
    this.#isSettled = false;
    switch (event.type) {
      case "arrived":
        this.#arrived(event);
        this.passTime(event.at, SETTLED_PER_TURN);
        return;
      case "received":
        return this.#messages.take(event);
      case "unreceived":
        this.attempts.forget(event.receipts);
        for (const { key } of event.receipts) this.#messages.putBack(key);
        return;
      case "attempted":
        return this.attempts.remember(event.attemptId, event.receipts, event.at);
      case "retimed":
        return this.#messages.hideAnew(event.keys, event);
      case "visibilityChanged":
        return this.#messages.changeVisibility(event.key, event);
      case "deleted":
        return this.#messages.delete(event.key);
      case "displaced":
        return this.#messages.displace(event);
      case "duplicated":
        return this.#messages.duplicate(event.keys);
      case "left":
        return this.#messages.leave(event);
      case "purged":
        this.purgedAt = event.at;
        this.accepted = new AcceptedMessages();
        this.#messages = this.#noMessages();
        return;
      case "configured":
        return this.#configure(event);
      case "tagged":
        this.tags = event.tags;
        return;
      case "messageKept":
        return this.#keep(event);
      case "deduplicationKept":
        return this.accepted.keep(event);
      case "fairnessKept":
        return this.#messages.dispatch.keepFairness(event);
      case "countersKept":
        this.nextKey = event.nextKey;
        if (event.endOfLine !== undefined) this.#messages.dispatch.endOfLine = event.endOfLine;
        this.purgedAt = event.purgedAt ?? Number.NEGATIVE_INFINITY;
    }
  }

  #sent(event: Extract<QueueEvent, { type: "sent" }>, isShared: boolean): void {
    const { at, key, visibleAt, message: sent, reader } = event;
    this.nextKey = Math.max(this.nextKey, key + 1);
    const { isFifo } = this.settings;
    const isFresh = !isFifo && sent.groupId === undefined && visibleAt <= at;
    if (isFresh) return this.#messages.addFresh(event, isShared);
    this.#isSettled = false;
    const extras = extrasOf(sent, this.#sequenceNumber(key));
    const message = new Message({ key, home: this.#home, sentAt: at, reader }, sent, extras);
    this.#messages.add(message, visibleAt > at ? visibleAt : undefined);
    if (isFifo) this.accepted.remember(sent, { key, at, scope: this.settings.deduplicationScope });
  }

  #arrived({ at, key, message: transferred }: Arrived): void {
    // AWS: the move resets the enqueue timestamp on FIFO queues only. Developer guide, dead-letter queue retention.
    const sentAt = this.settings.isFifo ? at : transferred.sentAt;
    const message = arrivedMessage(transferred, { key, home: this.#home, sentAt, at }, this.#sequenceNumber(key));
    this.nextKey = Math.max(this.nextKey, key + 1);
    if (sentAt === at) this.#messages.add(message, undefined);
    else this.#messages.addEarlier(message);
  }

  #keep(event: MessageKept): void {
    const { at: sentAt, key, message: content, delivery, origin } = event;
    const extras = extrasOf(content, this.#sequenceNumber(key));
    const message = new Message({ key, home: this.#home, sentAt }, content, origin ? { ...extras, ...origin } : extras);
    message.delivery = delivery && { ...delivery };
    this.nextKey = Math.max(this.nextKey, key + 1);
    this.#messages.keep(message, event);
  }

  #sequenceNumber(key: number): string | undefined {
    return this.settings.isFifo ? sequenceNumber(key) : undefined;
  }

  /** Notes what was set. AWS: the size of messages was observed to be limited at once, whatever else takes its time. */
  #configure(event: Configured): void {
    this.attributes = event.attributes;
    this.modifiedAt = event.at;
    this.#coming.push(event);
    this.settings = { ...this.settings, maxMessageBytes: event.settings.maxMessageBytes };
    this.passTime(event.at, SETTLED_PER_TURN);
  }

  /** When the next settings come into force; Infinity when none are to. */
  get #nextSettingsAt(): number {
    return this.#coming[0]?.effectiveAt ?? Number.POSITIVE_INFINITY;
  }

  /** Puts the next settings into force. A changed delay of a FIFO queue holds for messages delayed already. SQS guide, delay queues. */
  #enforceNext(): void {
    const next = this.#coming.shift();
    if (next === undefined) return;
    const { delayMs: delayBefore, maxMessageBytes } = this.settings;
    this.settings = { ...next.settings, maxMessageBytes };
    const { isFifo, delayMs } = this.settings;
    if (isFifo && delayMs !== delayBefore) this.#messages.changeDelay(delayMs);
  }

  /** Goes on to the next instant at which something is due, and lets so much of it happen. */
  #reach(at: number, most: number): number {
    this.#now = at;
    this.#messages.dispatch.passTime(at);
    let done = this.#messages.returnDue(at, most);
    for (; done < most && this.nextRetentionEnd <= at; done++) this.#messages.expire();
    if (done < most && this.#nextSettingsAt <= at) this.#enforceNext();
    return done;
  }

  #noMessages(): HeldMessages {
    const retention = new Retention(this.#home);
    const nextPlace = () => this.nextKey++;
    const dispatch: Dispatch = this.settings.isFifo ? new FifoDispatch() : new StandardDispatch(nextPlace, retention);
    return new HeldMessages(dispatch, retention);
  }
}
