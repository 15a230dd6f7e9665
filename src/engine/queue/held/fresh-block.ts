import { firstPlace } from "../../../kernel/collection/bisect.ts";
import { present } from "../../../kernel/present.ts";
import { extrasOf, Message, type MessageHome, type NewMessage } from "../message.ts";
import { AsciiTexts } from "./ascii-texts.ts";

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

/** What a block has room for. */
export interface BlockRoom {
  readonly places: number;
  /** Of texts that it copies; 0 where it copies none. */
  readonly characters: number;
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
export class FreshBlock {
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

/** Whether it is no more than a short text in ASCII from somebody. */
function isPlainText(message: NewMessage): boolean {
  const { body } = message;
  if (typeof body !== "string" || body.length === 0 || body.length > MOST_COPIED) return false;
  return extrasOf(message, undefined) === undefined && Buffer.byteLength(body) === body.length;
}
