import { Base64, decodedLength, type MaybeBase64 } from "../../../kernel/base64.ts";
import { copyBytes, uncountedBytes } from "../../../kernel/memory/uncounted-bytes.ts";
import { utf8Length, writeUtf8 } from "../../../kernel/utf8.ts";
import { StoredText } from "./logged-record.ts";

const SMALLEST_BYTES = 1024;
const CAPACITY_BYTES = 256 * 1024;
/** A larger record has a segment of its own, so that what is left over at the end of a segment stays small. */
const SHARING_BYTES = CAPACITY_BYTES / 8;

/**
 * What stands in a row: where the data ends and the partition key begins, too, of which an empty one is a missing one. That is
 * the negative number -1 - end where the data is in base64.
 */
const INDEX = 0;
const ARRIVAL = 1;
const DATA_END = 2;
const END = 3;
const ROW = 4;

/** A record on its way into a log. */
export interface Arrival {
  readonly index: number;
  readonly at: number;
  readonly partitionKey: string | undefined;
  readonly data: MaybeBase64;
}

/** Bytes that a record takes in a log. */
export function storedBytes({ data, partitionKey }: Pick<Arrival, "data" | "partitionKey">): number {
  const dataBytes = data instanceof Base64 ? data.text.length : data.length;
  return dataBytes + (partitionKey === undefined ? 0 : utf8Length(partitionKey));
}

/** What a segment is going to hold. */
interface SegmentPlan {
  readonly isEncrypted: boolean;
  /** What the first record takes that is going to be appended. */
  readonly firstBytes: number;
  /** Whether to set all the memory aside at once, instead of moving to more of it now and then. */
  readonly willFill: boolean;
}

/**
 * A run of records of one shard. Their bytes lie one behind the other in a single buffer, the rest in one array of
 * numbers, so a record costs some forty bytes beside its own, the garbage collector never looks at it, and among
 * thousands of shards a put touches little memory. Places count from 0 in the order of arrival; trimming does not move
 * them.
 */
export class Segment {
  /** Encryption changes rarely, so it is noted per segment. */
  readonly isEncrypted: boolean;
  readonly #capacity: number;
  #bytes: Buffer;
  /** The first place that has not been trimmed. */
  #first = 0;
  /** Data and partition keys of those from the first on, in bytes. */
  #liveBytes = 0;
  /** A row for each record. */
  readonly #rows: number[] = [];

  constructor({ isEncrypted, firstBytes, willFill }: SegmentPlan) {
    this.isEncrypted = isEncrypted;
    this.#capacity = firstBytes > SHARING_BYTES ? firstBytes : CAPACITY_BYTES;
    this.#bytes = uncountedBytes(willFill ? this.#capacity : 0);
  }

  get first(): number {
    return this.#first;
  }

  /** The place behind the last record. */
  get end(): number {
    return this.#rows.length / ROW;
  }

  get lastIndex(): number {
    return this.indexAt(this.end - 1);
  }

  get lastArrival(): number {
    return this.arrivalAt(this.end - 1);
  }

  /** Bytes of the records that have not been trimmed: what they count for, not what they take here. */
  get liveBytes(): number {
    return this.#liveBytes;
  }

  /** Whether it ended, or will soon end, for want of room. */
  get isFull(): boolean {
    return this.#used > CAPACITY_BYTES - SHARING_BYTES;
  }

  hasRoomFor(bytes: number): boolean {
    return bytes <= SHARING_BYTES && this.#used + bytes <= this.#capacity;
  }

  /** Adds a record that takes so many bytes. */
  append({ index, at, partitionKey, data }: Arrival, stored: number): void {
    const start = this.#used;
    this.#reserve(start + stored);
    const isBase64 = data instanceof Base64;
    const kept = isBase64 ? data.text : data;
    copyBytes(kept, this.#bytes, start);
    const dataEnd = start + kept.length;
    if (partitionKey !== undefined) writeUtf8(partitionKey, this.#bytes, dataEnd);
    this.#rows.push(index, at, isBase64 ? -1 - dataEnd : dataEnd, start + stored);
    this.#liveBytes += data.length + start + stored - dataEnd;
  }

  indexAt(place: number): number {
    return this.#rows[place * ROW + INDEX] ?? 0;
  }

  arrivalAt(place: number): number {
    return this.#rows[place * ROW + ARRIVAL] ?? 0;
  }

  dataAt(place: number): MaybeBase64 {
    const start = this.#startOf(place);
    const end = this.#dataEndOf(place);
    if (!this.#isBase64(place)) return this.#bytes.subarray(start, end);
    const { buffer, byteOffset } = this.#bytes;
    return new Base64(new Uint8Array(buffer, byteOffset + start, end - start));
  }

  partitionKeyAt(place: number): StoredText | undefined {
    const start = this.#dataEndOf(place);
    const end = this.#endOf(place);
    return start === end ? undefined : new StoredText(this.#bytes, start, end);
  }

  /** What the record counts for: data and partition key. */
  bytesAt(place: number): number {
    const start = this.#startOf(place);
    const dataEnd = this.#dataEndOf(place);
    const dataBytes = this.#isBase64(place) ? decodedLength(this.#bytes, start, dataEnd) : dataEnd - start;
    return dataBytes + this.#endOf(place) - dataEnd;
  }

  /** The first place whose record has that index or a greater one. Costs O(log n). */
  placeOfIndex(index: number): number {
    return this.#lowerBound(INDEX, index);
  }

  /** The first place whose record arrived at the instant or later. Costs O(log n). */
  placeOfArrival(instant: number): number {
    return this.#lowerBound(ARRIVAL, instant);
  }

  /** Makes a place the first. Costs O(1) for a whole segment, else a look at each record that goes. */
  trimTo(place: number): void {
    if (place === this.end) this.#liveBytes = 0;
    else for (let gone = this.#first; gone < place; gone++) this.#liveBytes -= this.bytesAt(gone);
    this.#first = place;
  }

  get #used(): number {
    return this.#startOf(this.end);
  }

  #startOf(place: number): number {
    return place === 0 ? 0 : this.#endOf(place - 1);
  }

  #isBase64(place: number): boolean {
    return (this.#rows[place * ROW + DATA_END] ?? 0) < 0;
  }

  #dataEndOf(place: number): number {
    const end = this.#rows[place * ROW + DATA_END] ?? 0;
    return end < 0 ? -1 - end : end;
  }

  #endOf(place: number): number {
    return this.#rows[place * ROW + END] ?? 0;
  }

  /** The first place at which the column has that value or a greater one. */
  #lowerBound(column: number, value: number): number {
    let low = this.#first;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle * ROW + column] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Doubles the buffer when the bytes do not fit. Views of the old one that readers hold stay as they are. */
  #reserve(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const size = Math.max(SMALLEST_BYTES, this.#bytes.length * 2, bytes);
    const grown = uncountedBytes(Math.min(size, this.#capacity));
    copyBytes(this.#bytes, grown, 0);
    this.#bytes = grown;
  }
}
