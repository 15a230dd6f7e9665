import { Deque } from "../../kernel/deque.ts";
import { type HeapItem, IndexedHeap } from "../../kernel/indexed-heap.ts";
import { RecurringMap } from "../../kernel/recurring-map.ts";
import type { Dispatch, Turn } from "./dispatch.ts";
import type { Message } from "./message.ts";

/** Messages of one group in the order of their arrival, those in flight at the front. */
class MessageGroup implements HeapItem {
  heapSlot = -1;
  readonly id: string;
  readonly messages = new Deque<Message>();
  inFlight = 0;
  /** How many places at the front are in flight or gone; only while some are in flight. */
  taken = 0;

  constructor(id: string) {
    this.id = id;
  }

  /** The first message that is neither in flight nor gone. */
  first(): Message | undefined {
    while (this.messages.at(this.taken)?.state === "gone") {
      if (this.taken > 0) this.taken++;
      else this.messages.shift();
    }
    return this.messages.at(this.taken);
  }

  /** Forgets the gone messages at the front. */
  trim(): void {
    while (this.messages.at(0)?.state === "gone") {
      this.messages.shift();
      if (this.taken > 0) this.taken--;
    }
  }
}

/**
 * Order of a FIFO queue. A group with a message in flight is locked: nothing more of it is returned until those
 * messages are deleted or visible again. Among the others, the group whose first message is oldest comes first, and
 * one receive takes all it can from a group before it turns to another. FIFO delivery logic, SQS developer guide.
 */
export class FifoDispatch implements Dispatch {
  readonly #groups = new RecurringMap<string, MessageGroup>();
  /** Unlocked groups whose first message is visible, by that message's key. */
  readonly #ready = new IndexedHeap<MessageGroup>();

  add(message: Message): void {
    const id = message.groupId ?? "";
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = new MessageGroup(id);
      this.#groups.set(id, group);
    }
    group.messages.push(message);
    if (group.messages.size === 1) this.#rank(group);
  }

  ready(message: Message): void {
    this.#rank(this.#groupOf(message));
  }

  next(turn: Turn): Message | undefined {
    const current = turn.groupId === undefined ? undefined : this.first(turn.groupId);
    if (current !== undefined) return current;
    const group = this.#ready.first();
    turn.groupId = group?.id;
    return group?.first();
  }

  first(groupId: string | undefined): Message | undefined {
    const message = this.#groups.get(groupId ?? "")?.first();
    return message?.state === "visible" ? message : undefined;
  }

  take(message: Message): void {
    const group = this.#groupOf(message);
    group.inFlight++;
    group.taken++;
    this.#ready.delete(group);
  }

  restore(message: Message): void {
    this.#release(this.#groupOf(message));
  }

  remove(message: Message): void {
    const group = this.#groupOf(message);
    const wasInFlight = message.state === "inFlight";
    message.state = "gone";
    if (wasInFlight) this.#release(group);
    else this.#rank(group);
  }

  passTime(): void {}

  #groupOf(message: Message): MessageGroup {
    return this.#groups.get(message.groupId ?? "")!;
  }

  #release(group: MessageGroup): void {
    group.inFlight--;
    if (group.inFlight === 0) group.taken = 0;
    this.#rank(group);
  }

  /** Puts the group where its lock and its first message say it belongs. */
  #rank(group: MessageGroup): void {
    group.trim();
    if (group.inFlight > 0) return;
    const first = group.first();
    if (first?.state === "visible") this.#ready.set(group, first.key);
    else this.#ready.delete(group);
    if (first === undefined) this.#groups.delete(group.id);
  }
}
