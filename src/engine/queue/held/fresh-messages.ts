import { firstPlace } from "../../../kernel/collection/bisect.ts";
import { Deque } from "../../../kernel/collection/deque.ts";
import { present } from "../../../kernel/present.ts";
import { extrasOf, Message, type MessageHome, type NewMessage } from "../message.ts";

/** A message as it was handed over. */
export interface FreshMessage {
  readonly key: number;
  /** When it was sent; epoch milliseconds. */
  readonly at: number;
  /** Nobody changes it: it may be the content of messages of other queues, too. */
  readonly message: NewMessage;
  /** For whom a shared body is made. */
  readonly reader?: string | undefined;
}

/** So many messages share a block of columns: as many as wait already, within these bounds. */
const LEAST_PLACES = 16;
const MOST_PLACES = 1024;

/** Some messages in the order in which they came, a column for each thing that is known of them. */
class Block {
  readonly places: number;
  readonly #contents: (NewMessage | undefined)[];
  readonly #readers: (string | undefined)[];
  readonly #keys: number[];
  /** Counted from the queue's creation: an instant is too large for V8 to keep it in the column, and is an object of its own. */
  readonly #sentAfterMs: number[];
  readonly #home: MessageHome;
  #begin = 0;
  #end = 0;

  constructor(places: number, home: MessageHome) {
    this.places = places;
    this.#home = home;
    this.#contents = new Array(places);
    this.#readers = new Array(places);
    this.#keys = new Array(places);
    this.#sentAfterMs = new Array(places);
  }

  get isFull(): boolean {
    return this.#end === this.places;
  }

  get isEmpty(): boolean {
    return this.#begin === this.#end;
  }

  get firstKey(): number {
    return this.#keys[this.#begin] as number;
  }

  get firstSentAt(): number {
    return this.#home.createdAt + (this.#sentAfterMs[this.#begin] as number);
  }

  get lastKey(): number {
    return this.#keys[this.#end - 1] as number;
  }

  push({ key, at, message, reader }: FreshMessage): void {
    const place = this.#end++;
    this.#contents[place] = message;
    this.#readers[place] = reader;
    this.#keys[place] = key;
    this.#sentAfterMs[place] = at - this.#home.createdAt;
  }

  /** Takes the first one out. A block that is empty then has all its places again. */
  shift(): Message {
    const place = this.#begin++;
    const message = this.at(place);
    this.#contents[place] = undefined;
    this.#readers[place] = undefined;
    if (this.isEmpty) {
      this.#begin = 0;
      this.#end = 0;
    }
    return message;
  }

  /** The messages behind that key, made for whoever looks at them. */
  *behind(key: number): Generator<Message, void, void> {
    const start = firstPlace(this.#begin, this.#end, (place) => (this.#keys[place] as number) > key);
    for (let place = start; place < this.#end; place++) yield this.at(place);
  }

  at(place: number): Message {
    const content = present(this.#contents[place], "the content of a message that waits");
    const sentAt = this.#home.createdAt + (this.#sentAfterMs[place] as number);
    const identity = { key: this.#keys[place] as number, home: this.#home, sentAt, reader: this.#readers[place] };
    return new Message(identity, content, extrasOf(content, undefined));
  }
}

/**
 * Messages of a queue that wait as they were handed over, in the order in which they came: nobody has received one of them, or
 * decided anything about it. None is an object of its own, so that the garbage collector has nothing to carry about for it,
 * and what one sender hands to many queues is there once. A message is made of one when its turn comes.
 */
export class FreshMessages {
  /** Key of the first one, and when it was sent; Infinity when there is none. */
  firstKey = Number.POSITIVE_INFINITY;
  firstSentAt = Number.POSITIVE_INFINITY;
  /** When the latest one was sent; 0 when there is none. */
  lastSentAt = 0;
  readonly #home: MessageHome;
  readonly #blocks = new Deque<Block>();
  #size = 0;

  constructor(home: MessageHome) {
    this.#home = home;
  }

  /** Adds one that came after all there are. */
  push(message: FreshMessage): void {
    let last = this.#blocks.at(this.#blocks.size - 1);
    if (last === undefined || last.isFull) {
      last = new Block(Math.max(LEAST_PLACES, Math.min(this.#size, MOST_PLACES)), this.#home);
      this.#blocks.push(last);
    }
    last.push(message);
    this.lastSentAt = message.at;
    if (this.#size++ > 0) return;
    this.firstKey = message.key;
    this.firstSentAt = message.at;
  }

  /** Takes the first one out, as a message like any other from now on. There is one. */
  shift(): Message {
    const block = present(this.#blocks.at(0), "a message that waits");
    const message = block.shift();
    this.#size--;
    if (block.isEmpty && (this.#size > 0 || block.places > LEAST_PLACES)) this.#blocks.shift();
    const first = this.#size > 0 ? this.#blocks.at(0) : undefined;
    this.firstKey = first?.firstKey ?? Number.POSITIVE_INFINITY;
    this.firstSentAt = first?.firstSentAt ?? Number.POSITIVE_INFINITY;
    if (first === undefined) this.lastSentAt = 0;
    return message;
  }

  /** The one of that key, made for whoever looks at it. */
  find(key: number): Message | undefined {
    const [message] = this.behind(key - 1);
    return message?.key === key ? message : undefined;
  }

  /** Those behind that key, made for whoever looks at them. None may come or leave until the last was taken. Costs O(log n) and what is taken. */
  *behind(key: number): Generator<Message, void, void> {
    if (this.#size === 0) return;
    for (const block of this.#blocks.from(this.#blocks.placeOf(({ lastKey }) => lastKey > key)))
      yield* block.behind(key);
  }
}
