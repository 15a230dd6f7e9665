import { firstPlace } from "../../../kernel/collection/bisect.ts";
import { Deque } from "../../../kernel/collection/deque.ts";
import { present } from "../../../kernel/present.ts";
import { extrasOf, Message, type MessageHome, type NewMessage } from "../message.ts";
import { AsciiTexts } from "./ascii-texts.ts";
import { type BlockRoom, LEAST_PLACES, roomOfNext, serves } from "./block-room.ts";

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

/** What stands in a row: the key of a message, and when it was sent, counted from the queue's creation. */
const KEY = 0;
const SENT_AFTER_MS = 1;
const ROW = 2;

/** Longer texts stay what they are: next to what is copied, an object is nothing. */
const MOST_COPIED = 4096;

/**
 * Some messages in the order in which they came. What is known of them stands in columns, of which the garbage collector looks at those
 * alone that are not numbers. The bodies of plain ones are copied into memory of the block, if it has room for texts and nobody else
 * keeps them.
 */
class Block {
  readonly room: BlockRoom;
  readonly #home: MessageHome;
  readonly #contents: (NewMessage | undefined)[];
  readonly #rows: Float64Array;
  /** The reader of all, unless there is a column of them. */
  #reader: string | undefined;
  #readers: (string | undefined)[] | undefined;
  /** Made for the first text. */
  #texts: AsciiTexts | undefined;
  /** Where the text of a place ends, which begins where the one before ends: there is none where these are the same. */
  #textEnds: Uint32Array | undefined;
  /** What is known of the latest plain message beside its text: that of most is the same. */
  #plain: NewMessage = { body: "", senderId: "" };
  #begin = 0;
  #end = 0;

  constructor(room: BlockRoom, home: MessageHome) {
    this.room = room;
    this.#home = home;
    this.#contents = new Array(room.places);
    this.#rows = new Float64Array(room.places * ROW);
  }

  get isEmpty(): boolean {
    return this.#begin === this.#end;
  }

  get firstKey(): number {
    return this.#keyAt(this.#begin);
  }

  get firstSentAt(): number {
    return this.#sentAtOf(this.#begin);
  }

  get lastKey(): number {
    return this.#keyAt(this.#end - 1);
  }

  /** How long its texts are, on an average; undefined when it has none. */
  get meanCharacters(): number | undefined {
    return this.#texts && this.#texts.end / this.#end;
  }

  /** Adds a message that came after all there are, and says whether there was room. Nobody else keeps its content unless it `isShared`. */
  push(fresh: FreshMessage, isShared: boolean): boolean {
    if (this.#end === this.room.places) return false;
    const isText = !isShared && this.room.characters > 0 && isPlainText(fresh.message);
    if (isText && !this.#pushText(fresh.message.body as string)) return false;
    const place = this.#end++;
    this.#contents[place] = isText ? this.#plainOf(fresh.message) : fresh.message;
    this.#rows[place * ROW + KEY] = fresh.key;
    this.#rows[place * ROW + SENT_AFTER_MS] = fresh.at - this.#home.createdAt;
    if (this.#textEnds !== undefined) this.#textEnds[place] = this.#texts?.end ?? 0;
    this.#setReader(place, fresh.reader);
    return true;
  }

  /** Takes the first one out. A block that is empty then has all its room again. */
  shift(): Message {
    const place = this.#begin++;
    const message = this.#at(place);
    this.#contents[place] = undefined;
    if (this.isEmpty) {
      this.#begin = 0;
      this.#end = 0;
      this.#readers = undefined;
      this.#texts?.clear();
    }
    return message;
  }

  /** The messages behind that key, made for whoever looks at them. */
  *behind(key: number): Generator<Message, void, void> {
    const start = firstPlace(this.#begin, this.#end, (place) => this.#keyAt(place) > key);
    for (let place = start; place < this.#end; place++) yield this.#at(place);
  }

  #at(place: number): Message {
    const content = present(this.#contents[place], "the content of a message that waits");
    const reader = this.#readers === undefined ? this.#reader : this.#readers[place];
    const identity = { key: this.#keyAt(place), home: this.#home, sentAt: this.#sentAtOf(place), reader };
    const text = this.#textAt(place);
    if (text === undefined) return new Message(identity, content, extrasOf(content, undefined));
    return new Message(identity, { body: text, senderId: content.senderId }, undefined);
  }

  #keyAt(place: number): number {
    return this.#rows[place * ROW + KEY] as number;
  }

  #sentAtOf(place: number): number {
    return this.#home.createdAt + (this.#rows[place * ROW + SENT_AFTER_MS] as number);
  }

  /** Most queues have one reader at the most. */
  #setReader(place: number, reader: string | undefined): void {
    if (place === 0) this.#reader = reader;
    else if (reader !== this.#reader) this.#readers ??= new Array(this.room.places).fill(this.#reader);
    if (this.#readers !== undefined) this.#readers[place] = reader;
  }

  #textAt(place: number): string | undefined {
    if (this.#texts === undefined || this.#textEnds === undefined) return undefined;
    const start = place === 0 ? 0 : (this.#textEnds[place - 1] as number);
    const end = this.#textEnds[place] as number;
    return end === start ? undefined : this.#texts.at(start, end);
  }

  #pushText(text: string): boolean {
    if (this.#texts === undefined) {
      this.#texts = new AsciiTexts(this.room.characters);
      this.#textEnds = new Uint32Array(this.room.places);
    }
    return this.#texts.push(text);
  }

  #plainOf({ senderId }: NewMessage): NewMessage {
    if (this.#plain.senderId !== senderId) this.#plain = { body: "", senderId };
    return this.#plain;
  }
}

/**
 * Messages of a queue that wait as they were handed over, in the order in which they came: nobody has received one of them, or
 * decided anything about it. None is an object of its own, so that the garbage collector has nothing to carry about for it,
 * and what one sender hands to many queues is there once. Where more than a few wait, the texts of those that are in this queue
 * alone are copied, so that they are no objects either. A message is made of one when its turn comes.
 */
export class FreshMessages {
  /** Key of the first one, and when it was sent; Infinity when there is none. */
  firstKey = Number.POSITIVE_INFINITY;
  firstSentAt = Number.POSITIVE_INFINITY;
  /** When the latest one was sent; 0 when there is none. */
  lastSentAt = 0;
  readonly #home: MessageHome;
  readonly #blocks = new Deque<Block>();
  /** A block that copies texts and is empty, to be used again while there are others. */
  #spare: Block | undefined;
  #size = 0;

  constructor(home: MessageHome) {
    this.#home = home;
  }

  /** Adds one that came after all there are. Nobody else keeps its content unless it `isShared`. */
  push(message: FreshMessage, isShared: boolean): void {
    const last = this.#blocks.at(this.#blocks.size - 1);
    if (last === undefined || !last.push(message, isShared)) this.#addBlock(last).push(message, isShared);
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
    if (block.isEmpty) this.#emptied(block);
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

  /** Adds a block behind that one. */
  #addBlock(last: Block | undefined): Block {
    const room = roomOfNext(this.#size, last?.meanCharacters);
    const spare = this.#spare !== undefined && serves(this.#spare.room, room) ? this.#spare : undefined;
    this.#spare = undefined;
    const block = spare ?? new Block(room, this.#home);
    this.#blocks.push(block);
    return block;
  }

  #emptied(block: Block): void {
    if (this.#size === 0) this.#spare = undefined;
    else if (block.room.characters > 0) this.#spare = block;
    if (this.#size > 0 || block.room.places > LEAST_PLACES) this.#blocks.shift();
  }
}

/** Whether it is no more than a short text in ASCII from somebody. */
function isPlainText(message: NewMessage): boolean {
  const { body } = message;
  if (typeof body !== "string" || body.length === 0 || body.length > MOST_COPIED) return false;
  return extrasOf(message, undefined) === undefined && Buffer.byteLength(body) === body.length;
}
