import { type HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import { RecurringMap } from "../../../kernel/collection/recurring-map.ts";
import { present } from "../../../kernel/present.ts";
import type { Standing } from "../kept/kept-events.ts";
import type { Message } from "../message.ts";
import type { Dispatch, InLine, LinePlace, Turn } from "./dispatch.ts";
import { MessageGroup } from "./message-group.ts";

/** A receivable group, ranked by the age of its first message. */
interface Aged extends HeapItem {
  readonly group: MessageGroup;
}

/**
 * Order of a FIFO queue. Groups take turns: they stand in a line in the order in which they became receivable, that is,
 * their first message visible. A receive takes all it can from the first group, in order and up to the first message in
 * flight or delayed, before it turns to the next; a group served leaves the line, and joins its end when its first
 * message is visible again. Observed on AWS; FIFO delivery logic, SQS developer guide.
 */
export class FifoDispatch implements Dispatch {
  readonly #groups = new RecurringMap<string, MessageGroup>();
  /** Receivable groups, by their place in the line. */
  readonly #line = new IndexedHeap<MessageGroup>();
  endOfLine = 0;
  /** The same groups, by their first message. Kept only while somebody asks for the oldest message. */
  #byAge: Map<MessageGroup, Aged> | undefined;
  readonly #ages = new IndexedHeap<Aged>();

  add(message: Message): void {
    const group = this.#groupWith(message);
    group.push(message);
    if (group.head === message) this.#rank(group);
  }

  ready(message: Message): void {
    this.#rank(this.#groupOf(message));
  }

  next(turn: Turn): Message | undefined {
    const message = this.#behind(turn) ?? this.#line.first()?.head;
    if (message !== undefined) turn.last = message;
    return message;
  }

  oldest(): Message | undefined {
    if (this.#byAge === undefined) {
      this.#byAge = new Map();
      for (const group of this.#line) this.#age(group);
    }
    return this.#ages.first()?.group.head;
  }

  settleOrder(): void {}

  find(key: number, groupId: string | undefined): Message | undefined {
    const message = this.#groups.get(groupId ?? "")?.find(key);
    return message?.state === "visible" ? message : undefined;
  }

  take(message: Message): void {
    const group = this.#groupOf(message);
    group.handOut(message);
    this.#leaveLine(group);
  }

  restore(message: Message): void {
    this.#rank(this.#groupOf(message));
  }

  remove(message: Message): void {
    const group = this.#groupOf(message);
    group.remove(message);
    this.#rank(group);
  }

  *receivable(behind: LinePlace = { line: -1, place: -1 }): Generator<InLine, void, void> {
    for (const group of this.#line.inOrder((_group, line) => line < behind.line)) {
      const line = this.#line.rankOf(group) ?? 0;
      for (const message of visibleRun(group, line === behind.line ? behind.place : -1)) {
        yield { message, line, place: message.key };
      }
    }
  }

  heldBy(message: Message, behind: number): Iterable<Message> {
    return visibleRun(this.#groupOf(message), behind);
  }

  passTime(): void {}

  standing(message: Message): Standing | undefined {
    const group = this.#groupOf(message);
    const place = group.head === message ? this.#line.rankOf(group) : undefined;
    const isHandedOut = group.hasHandedOut(message);
    if (place === undefined && !isHandedOut) return undefined;
    return { ...(place !== undefined && { place }), ...(isHandedOut && { isHandedOut }) };
  }

  keep(message: Message, { place, isHandedOut = false }: Standing): void {
    const group = this.#groupWith(message);
    group.push(message);
    if (isHandedOut) group.handOut(message);
    if (place === undefined) return;
    this.#line.set(group, place);
    this.endOfLine = Math.max(this.endOfLine, place + 1);
  }

  behind(message: Message): Message | undefined {
    const [behind] = this.#groupOf(message).behind(message.key);
    return behind;
  }

  takeFairness(): undefined {}

  keepFairness(): void {}

  #groupWith(message: Message): MessageGroup {
    const id = message.groupId ?? "";
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = new MessageGroup(id);
      this.#groups.set(id, group);
    }
    return group;
  }

  #groupOf(message: Message): MessageGroup {
    return present(this.#groups.get(message.groupId ?? ""), "the group of a message");
  }

  /** The next message of the group that the receive is at, unless it is blocked or there is none. */
  #behind({ last }: Turn): Message | undefined {
    if (last === undefined) return undefined;
    const message = this.#groups.get(last.groupId ?? "")?.after(last.key);
    return message?.state === "visible" ? message : undefined;
  }

  /** Has the group stand in the line while its first message is visible; it keeps the place it has. */
  #rank(group: MessageGroup): void {
    const head = group.head;
    if (head?.state !== "visible") this.#leaveLine(group);
    else {
      if (!this.#line.has(group)) this.#line.set(group, this.endOfLine++);
      this.#age(group);
    }
    if (head === undefined) this.#groups.delete(group.id);
  }

  #leaveLine(group: MessageGroup): void {
    this.#line.delete(group);
    const aged = this.#byAge?.get(group);
    if (aged === undefined) return;
    this.#ages.delete(aged);
    present(this.#byAge, "the groups by age").delete(group);
    if (this.#ages.size === 0) this.#byAge = undefined;
  }

  #age(group: MessageGroup): void {
    if (this.#byAge === undefined) return;
    let aged = this.#byAge.get(group);
    if (aged === undefined) {
      aged = { heapSlot: -1, group };
      this.#byAge.set(group, aged);
    }
    this.#ages.set(aged, present(group.head, "the head of a group").key);
  }
}

/** The messages behind that key up to the first that is in flight or delayed. */
function* visibleRun(group: MessageGroup, behind: number): Generator<Message, void, void> {
  for (const message of group.behind(behind)) {
    if (message.state !== "visible") return;
    yield message;
  }
}
