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

/** Longer texts stay what they are: next to what is copied, an object is nothing. */
const MOST_COPIED = 4096;

/**
 * Some messages in the order in which they came, a column for each thing that is known of them. The bodies of plain ones are copied
 * into memory of the block, if it has room for texts and nobody else keeps them.
 */
export class FreshBlock {
  readonly room: BlockRoom;
  readonly #home: MessageHome;
  readonly #contents: (NewMessage | undefined)[];
  readonly #keys: number[];
  /** Counted from the queue's creation: an instant is too large for V8 to keep it in the column, and is an object of its own. */
  readonly #sentAfterMs: number[];
  /** Made for the first reader. */
  #readers: (string | undefined)[] | undefined;
  /** Made for the first text. */
  #texts: AsciiTexts | undefined;
  /** Where the text of a place ends, which begins where the one before ends: there is none where these are the same. */
  #textEnds: number[] = [];
  /** What is known of the latest plain message beside its text: that of most is the same. */
  #plain: NewMessage = { body: "", senderId: "" };
  #begin = 0;
  #end = 0;

  constructor(room: BlockRoom, home: MessageHome) {
    this.room = room;
    this.#home = home;
    this.#contents = new Array(room.places);
    this.#keys = new Array(room.places);
    this.#sentAfterMs = new Array(room.places);
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
    this.#keys[place] = fresh.key;
    this.#sentAfterMs[place] = fresh.at - this.#home.createdAt;
    if (this.#texts !== undefined) this.#textEnds[place] = this.#texts.end;
    if (fresh.reader === undefined && this.#readers === undefined) return true;
    this.#readers ??= new Array(this.room.places);
    this.#readers[place] = fresh.reader;
    return true;
  }

  /** Takes the first one out. A block that is empty then has all its room again. */
  shift(): Message {
    const place = this.#begin++;
    const message = this.#at(place);
    this.#contents[place] = undefined;
    if (this.#readers !== undefined) this.#readers[place] = undefined;
    if (this.isEmpty) {
      this.#begin = 0;
      this.#end = 0;
      this.#texts?.clear();
    }
    return message;
  }

  /** The messages behind that key, made for whoever looks at them. */
  *behind(key: number): Generator<Message, void, void> {
    const start = firstPlace(this.#begin, this.#end, (place) => (this.#keys[place] as number) > key);
    for (let place = start; place < this.#end; place++) yield this.#at(place);
  }

  #at(place: number): Message {
    const content = present(this.#contents[place], "the content of a message that waits");
    const sentAt = this.#home.createdAt + (this.#sentAfterMs[place] as number);
    const identity = { key: this.#keys[place] as number, home: this.#home, sentAt, reader: this.#readers?.[place] };
    const text = this.#textAt(place);
    if (text === undefined) return new Message(identity, content, extrasOf(content, undefined));
    return new Message(identity, { body: text, senderId: content.senderId }, undefined);
  }

  #textAt(place: number): string | undefined {
    if (this.#texts === undefined) return undefined;
    const start = place === 0 ? 0 : (this.#textEnds[place - 1] as number);
    const end = this.#textEnds[place] as number;
    return end === start ? undefined : this.#texts.at(start, end);
  }

  #pushText(text: string): boolean {
    if (this.#texts === undefined) {
      this.#texts = new AsciiTexts(this.room.characters);
      this.#textEnds = new Array(this.room.places).fill(0);
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
