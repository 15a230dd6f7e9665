import { inOrderOfInstants } from "../../../kernel/time/due.ts";
import type { WaitingReceives } from "../../waiting-receives.ts";
import type { Counts, Message, NewMessage } from "../message.ts";
import type { QueueState } from "../queue-state.ts";
import { type ListedMessage, type ListingPlace, messageListing } from "./message-listing.ts";
import { type FoundMessage, messageNamed } from "./message-named.ts";

/** What time alone brings about in a queue. */
export type QueueDue =
  | { readonly at: number; readonly kind: "delayEnds" | "visibilityEnds" | "retentionEnds"; readonly message: Message }
  | { readonly at: number; readonly kind: "longPollEnds" };

/** What is in a queue, for whoever looks at it. Questions only; good until the queue changes. */
export class QueueLook {
  readonly #state: QueueState;
  readonly #waiting: Pick<WaitingReceives<never, never>, "size" | "ends">;

  /** Time has caught up. */
  constructor(state: QueueState, waiting: Pick<WaitingReceives<never, never>, "size" | "ends">) {
    this.#state = state;
    this.#waiting = waiting;
  }

  get counts(): Counts {
    return this.#state.counts;
  }

  /** How many receives wait for a message. */
  get waitingReceives(): number {
    return this.#waiting.size;
  }

  /** When the oldest message was sent; undefined when there is none. */
  get oldestSentAt(): number | undefined {
    const { firstStart } = this.#state.contents.retention;
    return firstStart === Number.POSITIVE_INFINITY ? undefined : firstStart;
  }

  /** The messages behind a place, in the order in which they would be received. */
  messages(behind?: ListingPlace): Generator<ListedMessage, void, void> {
    return messageListing(this.#state.contents, behind);
  }

  /** When the first thing falls due; Infinity when nothing does. */
  get nextDue(): number {
    const { returns, retention } = this.#state.contents;
    const retentionEnd = retention.firstStart + this.#state.settings.retentionMs;
    const [longPollEnd = Number.POSITIVE_INFINITY] = this.#waiting.size === 0 ? [] : this.#waiting.ends();
    return Math.min(returns.firstRank(), retentionEnd, longPollEnd);
  }

  /** What falls due, in order; of each message the end of its retention, too. Costs O(log n) for each. */
  upcoming(): Generator<QueueDue, void, void> {
    return inOrderOfInstants([this.#returns(), this.#retentionEnds(), this.#longPollEnds()]);
  }

  *#returns(): Generator<QueueDue, void, void> {
    const { returns } = this.#state.contents;
    for (const message of returns.inOrder()) {
      const kind = message.state === "delayed" ? "delayEnds" : "visibilityEnds";
      yield { at: returns.rankOf(message) ?? Number.POSITIVE_INFINITY, kind, message };
    }
  }

  *#retentionEnds(): Generator<QueueDue, void, void> {
    for (const message of this.#state.contents.retention.inOrder()) {
      yield { at: this.retentionEndOf(message), kind: "retentionEnds", message };
    }
  }

  *#longPollEnds(): Generator<QueueDue, void, void> {
    for (const at of this.#waiting.ends()) yield { at, kind: "longPollEnds" };
  }

  /** Whether the queue gave somebody's message that id, which may have left it since. */
  hasHad(id: string): boolean {
    return this.#state.keyOf(id) !== undefined;
  }

  /** The message of that id, wherever it was sent to. Looks at each message. */
  find(id: string): FoundMessage | undefined {
    return messageNamed(this.#state.contents, id, this.#state.keyOf(id));
  }

  /** When the queue drops the message if nobody deletes it before. */
  retentionEndOf({ sentAt }: Message): number {
    return sentAt + this.#state.settings.retentionMs;
  }

  /** Whether it was received so often that the next receive has it go to the dead-letter queue, if there is one. */
  deadLettersNext({ receiveCountHere }: Message): boolean {
    const { redrive } = this.#state.settings;
    return redrive !== undefined && receiveCountHere >= redrive.maxReceiveCount;
  }

  /** The message of which one with these ids would be a duplicate. */
  twinOf(
    ids: Pick<NewMessage, "deduplicationId" | "groupId">,
  ): { readonly id: string; readonly at: number } | undefined {
    const { accepted } = this.#state;
    const [key, at] = [accepted.twinOf(ids), accepted.twinSince(ids)];
    return key === undefined || at === undefined ? undefined : { id: this.#state.sent(key).id, at };
  }

  /** Until when a message with the deduplication id of this one counts as its duplicate; undefined if none does. */
  deduplicationEndOf(message: Message): number | undefined {
    return this.#state.accepted.rememberedUntil(message);
  }
}
