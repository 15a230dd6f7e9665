import { Deque } from "../../../kernel/collection/deque.ts";
import type { HeapItem } from "../../../kernel/collection/indexed-heap.ts";
import type { Message } from "../message.ts";

/**
 * Messages of one group in the order of their arrival. Those handed out before stand in front of all others: the first
 * of them in flight blocks what lies behind it, so they are never more than one receive returns.
 */
export class MessageGroup implements HeapItem {
  heapSlot = -1;
  readonly id: string;
  /** Messages that were received and did not leave, in flight or visible again. */
  readonly #handedOut: Message[] = [];
  /** Messages nobody received yet. Those gone are at the front, if anywhere, since retention ends for the oldest first. */
  readonly #waiting = new Deque<Message>();

  constructor(id: string) {
    this.id = id;
  }

  /** The first message: whoever receives from the group begins here, unless it is in flight or delayed. */
  get head(): Message | undefined {
    return this.#handedOut[0] ?? this.#firstWaiting;
  }

  /** The message behind the one of that key, whether or not that one is still there. */
  after(key: number): Message | undefined {
    return this.#handedOut.find((message) => message.key > key) ?? this.#firstWaiting;
  }

  /** The message of that key if it was handed out before, or is the next to be. */
  find(key: number): Message | undefined {
    const handedOut = this.#handedOut.find((message) => message.key === key);
    if (handedOut !== undefined) return handedOut;
    const next = this.#firstWaiting;
    return next?.key === key ? next : undefined;
  }

  /** The messages behind the one of that key, in order. Costs O(log n) and what is taken. */
  *behind(key: number): Generator<Message, void, void> {
    for (const message of this.#handedOut) if (message.key > key) yield message;
    for (const message of this.#waiting.from(this.#waiting.placeOf((waiting) => waiting.key > key))) {
      if (message.state !== "gone") yield message;
    }
  }

  push(message: Message): void {
    this.#waiting.push(message);
  }

  /** Notes that the message, which `find` gives, is handed out. */
  handOut(message: Message): void {
    if (message !== this.#firstWaiting) return;
    this.#waiting.shift();
    this.#handedOut.push(message);
  }

  hasHandedOut(message: Message): boolean {
    return this.#handedOut.includes(message);
  }

  remove(message: Message): void {
    message.state = "gone";
    const place = this.#handedOut.indexOf(message);
    if (place >= 0) this.#handedOut.splice(place, 1);
  }

  get #firstWaiting(): Message | undefined {
    while (this.#waiting.at(0)?.state === "gone") this.#waiting.shift();
    return this.#waiting.at(0);
  }
}
