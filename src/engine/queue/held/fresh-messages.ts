import { Deque } from "../../../kernel/collection/deque.ts";
import { present } from "../../../kernel/present.ts";
import type { Message, MessageHome } from "../message.ts";
import { type BlockRoom, FreshBlock, type FreshMessage } from "./fresh-block.ts";

/** So many messages share a block of columns: as many as wait already, within these bounds. */
const LEAST_PLACES = 16;
const MOST_PLACES = 1024;
/** A smaller block copies no texts: a few messages are likely to be received soon. */
const LEAST_COPYING_PLACES = 128;

/** Characters a block has room for: those of its places, if their texts are as long as those of the block before. */
const LEAST_CHARACTERS = 4096;
const MOST_CHARACTERS = 512 * 1024;
const USUAL_CHARACTERS = 256;
/** Texts that are longer than those before by so much still find room. */
const LEEWAY = 1.25;

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
  readonly #blocks = new Deque<FreshBlock>();
  /** A block that copies texts and is empty, to be used again while there are others. */
  #spare: FreshBlock | undefined;
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
  #addBlock(last: FreshBlock | undefined): FreshBlock {
    const room = this.#roomBehind(last);
    const spare = this.#spare !== undefined && serves(this.#spare.room, room) ? this.#spare : undefined;
    this.#spare = undefined;
    const block = spare ?? new FreshBlock(room, this.#home);
    this.#blocks.push(block);
    return block;
  }

  #roomBehind(last: FreshBlock | undefined): BlockRoom {
    const places = Math.max(LEAST_PLACES, Math.min(this.#size, MOST_PLACES));
    if (places < LEAST_COPYING_PLACES) return { places, characters: 0 };
    const wanted = Math.ceil(places * (last?.meanCharacters ?? USUAL_CHARACTERS) * LEEWAY);
    return { places, characters: Math.max(LEAST_CHARACTERS, Math.min(wanted, MOST_CHARACTERS)) };
  }

  #emptied(block: FreshBlock): void {
    if (this.#size === 0) this.#spare = undefined;
    else if (block.room.characters > 0) this.#spare = block;
    if (this.#size > 0 || block.room.places > LEAST_PLACES) this.#blocks.shift();
  }
}

/** Whether that room is about as much as is wanted, at the least. */
function serves(room: BlockRoom, wanted: BlockRoom): boolean {
  return room.places >= wanted.places && room.characters * LEEWAY >= wanted.characters;
}
