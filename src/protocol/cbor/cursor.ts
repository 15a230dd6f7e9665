import type { AwsError } from "../../kernel/aws-error.ts";
import { RequestEntityTooLarge, SerializationException } from "../errors.ts";

/** The three bits that open every item. RFC 8949, section 3.1. */
export const Major = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, other: 7 } as const;

/** What an indefinite array, map or string ends with. */
const BREAK = 0xff;

const LARGEST_HELD = 23;
const INDEFINITE = 31;
const NO_TAG = -1;

/**
 * How many items a document may have, tags, keys and chunks included. They are a byte each at the least, and to look at
 * millions of them would hold everybody else up. Five hundred records make some thousands; a million, which are too many, are still
 * refused in AWS's words.
 */
const MAX_ITEMS = 1_100_000;

/** AWS: a body that is no CBOR map at all is refused without a text. */
export function malformed(): AwsError {
  return new SerializationException("");
}

/** A place in a document, and the head last read there. The head is in fields, so that reading one makes nothing. */
export class Cursor {
  readonly bytes: Buffer;
  offset = 0;
  /** One of `Major`, but never a tag. */
  major = 0;
  /** The five bits beside the major type: the argument itself, or how many bytes hold it. */
  info = 0;
  /** The innermost tag of the item, or -1. */
  tag = NO_TAG;
  /** How many items, tags, keys and chunks have been read. */
  items = 0;
  /** The argument in two words as signed integers, which V8 keeps without making an object of each. */
  #high = 0;
  #low = 0;
  #isIndefinite = false;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /**
   * A value, a length in bytes, or a number of items or entries; Infinity when the item goes on until a break.
   * Beyond 2^53 it is the nearest double.
   */
  get argument(): number {
    if (this.#isIndefinite) return Number.POSITIVE_INFINITY;
    return this.#high === 0 && this.#low >= 0 ? this.#low : (this.#high >>> 0) * 2 ** 32 + (this.#low >>> 0);
  }

  /** Reads a head and the tags before it. Throws SerializationException when there is none that means anything. */
  next(): void {
    this.tag = NO_TAG;
    for (this.#head(); this.major === Major.tag; this.#head()) this.tag = this.argument;
  }

  /** Whether an array, map or string of so many parts has another one after `taken`; steps over the break if not. */
  hasAnother(taken: number, count: number): boolean {
    if (count !== Number.POSITIVE_INFINITY) return taken < count;
    if (this.bytes[this.offset] !== BREAK) return true;
    this.offset++;
    return false;
  }

  /** Steps over bytes. Throws SerializationException when there are not as many. */
  skip(length: number): void {
    if (length > this.bytes.length - this.offset) throw malformed();
    this.offset += length;
  }

  #head(): void {
    if (++this.items > MAX_ITEMS) throw new RequestEntityTooLarge();
    const initial = this.#byte();
    this.major = initial >> 5;
    this.info = initial & 31;
    this.#isIndefinite = false;
    this.#high = 0;
    this.#low = this.info <= LARGEST_HELD ? this.info : this.#argument();
  }

  /** The lower word of the argument; sets the upper one. */
  #argument(): number {
    switch (this.info) {
      case 24:
        return this.#byte();
      case 25:
        return this.#byte() * 2 ** 8 + this.#byte();
      case 26:
        return this.#word();
      case 27:
        this.#high = this.#word();
        return this.#word();
      case INDEFINITE:
        this.#isIndefinite = this.major >= Major.bytes && this.major <= Major.map;
        if (this.#isIndefinite) return 0;
        throw malformed();
      default:
        throw malformed();
    }
  }

  #word(): number {
    const at = this.offset;
    this.skip(4);
    return this.bytes.readInt32BE(at);
  }

  #byte(): number {
    const byte = this.bytes[this.offset++];
    if (byte === undefined) throw malformed();
    return byte;
  }
}
