import { uuidText } from "../../kernel/ids.ts";

/** The 2^32nd part of the golden ratio: sets the four words of one id apart. */
const STEP = 0x9e3779b9;
const WORDS = 4;

const scratch = Buffer.alloc(WORDS * 4);
/** What is written by it takes half of the time of a Buffer's own ways. */
const view = new DataView(scratch.buffer, scratch.byteOffset, scratch.length);

/**
 * The ids of one queue's messages. Each follows from the queue's own random id and the message's key, so no message
 * has to carry its id about: kept in a million messages, their text would take more than all else about them.
 */
export class MessageIds {
  readonly #words: readonly number[];

  /** `queueId` is a UUID. */
  constructor(queueId: string) {
    const bytes = Buffer.from(queueId.replaceAll("-", ""), "hex");
    this.#words = Array.from({ length: WORDS }, (_, index) => bytes.readUInt32BE(index * 4));
  }

  /** The UUID of the message with that key; another for every key below 2^32. */
  of(key: number): string {
    const high = Math.floor(key / 2 ** 32);
    for (let index = 0; index < WORDS; index++) {
      view.setInt32(index * 4, mixed((this.#words[index] ?? 0) ^ mixed(key + index * STEP) ^ high));
    }
    return uuidText(scratch);
  }

  /** The key that the id follows from; undefined when it is of another queue, or of a key from 2^32 on. */
  keyOf(id: string): number | undefined {
    const first = Number.parseInt(id.slice(0, 8), 16);
    const key = unmixed(unmixed(first) ^ (this.#words[0] ?? 0)) >>> 0;
    return this.of(key) === id ? key : undefined;
  }
}

/** Spreads every bit over all 32, each number to another: the finalizer of MurmurHash3. */
function mixed(number: number): number {
  let word = number ^ (number >>> 16);
  word = Math.imul(word, 0x85ebca6b);
  word ^= word >>> 13;
  word = Math.imul(word, 0xc2b2ae35);
  return word ^ (word >>> 16);
}

/** The number that was mixed: each multiplier is the inverse of one above, modulo 2^32. */
function unmixed(mixedNumber: number): number {
  let word = mixedNumber ^ (mixedNumber >>> 16);
  word = Math.imul(word, 0x7ed1b41d);
  word ^= (word >>> 13) ^ (word >>> 26);
  word = Math.imul(word, 0xa5cb9243);
  return word ^ (word >>> 16);
}
