import type { Taken } from "../../kernel/collection/taken.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import { CatchingUp, SETTLED_PER_TURN } from "../../kernel/time/catching-up.ts";
import type { Holding } from "../../kernel/time/sweeper.ts";
import type { Wait } from "../receive.ts";
import { WaitingReceives } from "../waiting-receives.ts";
import { asArrived, withDeduplicationId } from "./accepted-messages.ts";
import type { Leaving, QueueDeps, QueueIdentity } from "./definition.ts";
import type { Created, PlainContent, QueueEvent } from "./events.ts";
import { queueEvents } from "./kept/queue-entries.ts";
import { QueueLook } from "./look/queue-look.ts";
import type {
  Counts,
  Message,
  NewMessage,
  Receipt,
  ReceivedMessage,
  ReceiveRequest,
  SentMessage,
  TransferredMessage,
} from "./message.ts";
import { type Move, type MoveResult, moveNext } from "./move/move-next.ts";
import { liveEvent } from "./plain-events.ts";
import { QueueExpiry } from "./queue-expiry.ts";
import { QueueState } from "./queue-state.ts";
import { isBeyondLimit, refusalOf, unusedOf } from "./receive/receipts.ts";
import { Receiving } from "./receive/receiving.ts";
import { DeadLettering } from "./redrive/dead-lettering.ts";
import type { QueueDefinition, QueueSettings } from "./settings.ts";

/**
 * A queue. Every command first lets time catch up, then decides, then records what happened; commands are synchronous,
 * so each is atomic. Unless said otherwise a command costs O(log n) in the messages in flight or delayed.
 */
export class Queue {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly scope: Scope;
  readonly createdAt: number;
  readonly isFifo: boolean;
  /** Who is told of messages, and how several are told of at once. */
  readonly receivers: Pick<WaitingReceives<ReceiveRequest, ReceivedMessage>, "followedBy" | "together">;
  readonly #deps: QueueDeps;
  readonly #state: QueueState;
  readonly #waiting: WaitingReceives<ReceiveRequest, ReceivedMessage>;
  readonly #catchingUp: CatchingUp;
  readonly #leaving: Leaving;
  readonly #deadLettering: DeadLettering;
  readonly #receiving: Receiving;
  readonly #holding: Holding | undefined;

  constructor(identity: QueueIdentity, definition: QueueDefinition, deps: QueueDeps) {
    ({ id: this.id, name: this.name, arn: this.arn, scope: this.scope, createdAt: this.createdAt } = identity);
    this.isFifo = definition.settings.isFifo;
    this.#deps = deps;
    const state = new QueueState({ id: identity.id, at: identity.createdAt, ...definition });
    this.#state = state;
    const { clock, transaction, sweeper, disorder, rules, deadLetterTarget: targetOf } = deps;
    const settle = () => this.#settle();
    const receive = (request: ReceiveRequest, at: number) => this.#receive(request, at);
    this.#waiting = new WaitingReceives({ clock, settle, receive, source: state });
    this.receivers = this.#waiting;
    this.#catchingUp = new CatchingUp(clock, () => {
      this.#settle();
      return !state.isBehind;
    });
    // A message that leaves is nothing to those who wait.
    const left: Leaving["left"] = ({ key, groupId }, to, at) => this.#apply({ type: "left", at, key, groupId, to });
    this.#leaving = { state, transaction, left };
    const deadLettering = new DeadLettering({ ...this.#leaving, clock, arn: this.arn, targetOf, settle });
    this.#deadLettering = deadLettering;
    const record = (event: QueueEvent) => this.#record(event);
    this.#receiving = new Receiving({ queue: this, disorder, state, deadLettering, rules, record });
    this.#holding = sweeper?.holding(clock, new QueueExpiry(state, clock));
  }

  /**
   * Undefined unless more is due than one turn of the event loop takes: then commands and questions find the queue as it was
   * some time ago, until this settles.
   */
  get lag(): Promise<void> | undefined {
    this.#settle();
    return this.#state.isBehind ? this.#catchingUp.end() : undefined;
  }

  /** The settings in force. */
  get settings(): QueueSettings {
    this.#settle();
    return this.#state.settings;
  }

  get attributes(): Readonly<Record<string, string>> {
    return this.#state.attributes;
  }

  get tags(): Readonly<Record<string, string>> {
    return this.#state.tags;
  }

  get modifiedAt(): number {
    return this.#state.modifiedAt;
  }

  /** Exact, at this instant. */
  get counts(): Counts {
    this.#settle();
    return this.#state.counts;
  }

  get isAtInFlightLimit(): boolean {
    return this.#state.inFlight >= this.#deps.rules.inFlightLimit;
  }

  /** When time alone next changes what is in it, or how it is set; Infinity when it never will. */
  get nextChange(): number {
    this.#settle();
    return this.#state.nextChange;
  }

  /** Whether there ever was a message in it. */
  get hasHadMessages(): boolean {
    return this.#state.nextKey > 0;
  }

  /** The message with that key if it is in the queue and was received at least once. */
  received(key: number): Message | undefined {
    this.#settle();
    return this.#state.received(key);
  }

  configure(settings: QueueSettings, attributes: Readonly<Record<string, string>>): void {
    const at = this.#settle();
    const effectiveAt = at + this.#deps.rules.attributePropagationMs;
    this.#record({ type: "configured", at, effectiveAt, settings, attributes });
    this.#deps.redriveChanged?.(settings.redrive);
  }

  /** Replaces all tags. */
  retag(tags: Readonly<Record<string, string>>): void {
    this.#record({ type: "tagged", at: this.#settle(), tags });
  }

  /** Puts a message on the queue, its body made for that reader; answers with the earlier one when a FIFO duplicate arrives. */
  send(message: NewMessage, reader?: string): SentMessage {
    return this.#state.sent(this.accept(message, reader, false));
  }

  /** As `send`, but gives the message's key: who has no use for its id does not pay for it. Others may keep its content unless told. */
  accept(message: NewMessage, reader?: string, isShared = true): number {
    const at = this.#settle();
    const { settings, nextKey: key } = this.#state;
    const sent = settings.isFifo ? withDeduplicationId(message, reader, settings) : message;
    const twin = settings.isFifo ? this.#state.accepted.twinOf(sent) : undefined;
    if (twin !== undefined) return twin;
    const visibleAt = at + (message.delayMs ?? settings.delayMs);
    this.#record({ type: "sent", at, key, visibleAt, message: sent, reader }, isShared);
    this.#holding?.begin();
    return key;
  }

  /** Takes over a message another queue gave up on. The queue's own delay does not apply. */
  arrive(message: TransferredMessage): void {
    const at = this.#settle();
    const { settings, nextKey: key } = this.#state;
    this.#record({ type: "arrived", at, key, message: asArrived(message, settings) });
    this.#holding?.begin();
  }

  /** Takes up to `max` messages into flight, without waiting. Throws ReceiveNotRetryable. */
  receive(request: ReceiveRequest): readonly ReceivedMessage[] {
    return this.#receive(request, this.#settle());
  }

  /** As `receive`, but waits up to `waitMs` for a first message; empty when none comes, on abort and on closing. Deferred only when it waits. */
  receiveWhenAvailable(asked: ReceiveRequest, wait: Wait) {
    const at = this.#settle();
    const request = { ...asked, waitMs: wait.waitMs }; // a long poll still, however the queue is set meanwhile
    const received = this.#receive(request, at);
    if (received.length > 0) return received;
    const answer = this.#waiting.wait(request, at, wait);
    this.serveWaiting(at);
    return answer;
  }

  /**
   * Undoes a receive whose answer never reached the caller: the messages are visible again and were not received. Not
   * those a retry got as well, since that answer may have arrived.
   */
  returnUndelivered(received: readonly Pick<ReceivedMessage, "receipt">[]): void {
    const at = this.#settle();
    const receipts = unusedOf(received, this.#state);
    if (receipts.length > 0) this.#record({ type: "unreceived", at, receipts });
  }

  /**
   * Deletes the message a receipt names. `gone`: it left the queue before. `expired`: on FIFO queues only the receipt
   * of the present receive counts, and only while the message is in flight. `unknown`: no message ever had that key.
   */
  delete(receipt: Receipt): "deleted" | "gone" | "expired" | "unknown" {
    const at = this.#settle();
    const refusal = refusalOf(receipt, this.#state);
    if (refusal !== undefined) return refusal;
    if (!this.#receiving.survives(receipt.key, at)) this.#record({ type: "deleted", at, key: receipt.key });
    return "deleted";
  }

  /** Ends the visibility timeout `timeoutMs` from now; answers as `delete` does, or that the 12 hours would be exceeded. */
  changeVisibility(receipt: Receipt, timeoutMs: number): "changed" | "gone" | "expired" | "beyond-limit" | "unknown" {
    const at = this.#settle();
    const refusal = refusalOf(receipt, this.#state);
    if (refusal !== undefined) return refusal;
    const message = present(this.#state.received(receipt.key), "a received message");
    const visibleAt = at + timeoutMs;
    if (isBeyondLimit(message, visibleAt)) return "beyond-limit";
    const isShownAlready = message.state === "visible" && timeoutMs === 0;
    if (!isShownAlready) this.#record({ type: "visibilityChanged", at, key: receipt.key, visibleAt });
    return "changed";
  }

  /** Drops every message, in flight and delayed ones too, and forgets deduplication ids, as AWS was observed to do. */
  purge(): "purged" | "in-progress" {
    const at = this.#settle();
    if (at < this.#state.purgedAt + this.#deps.rules.purgeCooldownMs) return "in-progress";
    this.#record({ type: "purged", at });
    return "purged";
  }

  /** Lets the oldest message that can be received go to the queue where it belongs, as a new one. */
  moveNext(move: Move): MoveResult {
    return moveNext(move, this.#leaving, this.#settle());
  }

  /** What is in it at this instant, for whoever looks before anything else happens. */
  look(): QueueLook {
    this.#settle();
    return new QueueLook(this.#state, this.#waiting);
  }

  /** Answers everyone who waits with nothing, and is looked after no more. */
  close(): void {
    this.#holding?.end();
    this.#waiting.dismiss();
    this.#deadLettering.stop();
    this.#catchingUp.stop();
  }

  /** Has somebody look after what was rebuilt. */
  resume(): void {
    this.#holding?.begin();
  }

  /** The events that build the queue as it is now, all that is due included, whenever they are read. */
  taken(): Taken<Created | QueueEvent<PlainContent>> {
    return queueEvents(this.#state, this, this.#settle());
  }

  /** Rebuilds what an event of the log changed. */
  replay(event: QueueEvent<PlainContent>): void {
    this.#state.passTime(event.at);
    this.#state.apply(liveEvent(event));
    if (event.type === "configured") this.#deps.redriveChanged?.(event.settings.redrive);
  }

  #receive(request: ReceiveRequest, at: number): readonly ReceivedMessage[] {
    return this.#deps.transaction.run(() => this.#receiving.receive(request, at));
  }

  #record(event: QueueEvent, isShared?: boolean): void {
    this.#apply(event, isShared);
    this.serveWaiting(event.at);
  }

  #apply(event: QueueEvent, isShared?: boolean): void {
    const { transaction } = this.#deps;
    const { isHeard } = transaction.log; // whoever hears of an event may keep it
    this.#state.apply(event, isHeard || isShared);
    if (isHeard) transaction.add(this.arn, event);
  }

  /** Lets time catch up and says what time it is. */
  #settle(): number {
    const now = this.#deps.clock.now();
    if (!this.#state.isSettledAt(now)) this.#state.passTime(now, SETTLED_PER_TURN);
    this.serveWaiting(now);
    return now;
  }

  /** Serves those who wait, unless nobody does: when all that is due has happened, and the transaction is over. */
  serveWaiting(now: number): void {
    if (this.#state.isBehind) return this.#catchingUp.goOnLater();
    if (!this.#waiting.wantsServing) return;
    const { transaction } = this.#deps;
    if (transaction.isOpen) transaction.serveAfterwards(this, now);
    else this.#waiting.serve(now);
  }
}
