const SMALLEST_BYTES = 1024;
const CAPACITY_BYTES = 256 * 1024;
/** A larger record has a segment of its own, so that what is left over at the end of a segment stays small. */
const SHARING_BYTES = CAPACITY_BYTES / 8;

/** A record on its way into a log. */
export interface Arrival {
  readonly index: number;
  readonly at: number;
  readonly partitionKey: string | undefined;
  readonly data: Uint8Array;
}

/**
 * A run of records of one shard. Their bytes lie one behind the other in a single buffer, the rest in arrays of
 * numbers, so a record costs some forty bytes beside its own and the garbage collector never looks at it. Places count
 * from 0 in the order of arrival; trimming does not move them.
 */
export class Segment {
  /** Encryption changes rarely, so it is noted per segment. */
  readonly isEncrypted: boolean;
  readonly #capacity: number;
  #bytes = Buffer.alloc(0);
  /** The first place that has not been trimmed. */
  #first = 0;
  readonly #indexes: number[] = [];
  readonly #arrivals: number[] = [];
  /** Where each record's data ends and its partition key begins. An empty key is a missing one. */
  readonly #dataEnds: number[] = [];
  readonly #ends: number[] = [];

  /** `bytes` is the size of the first record that is going to be appended. */
  constructor(isEncrypted: boolean, bytes: number) {
    this.isEncrypted = isEncrypted;
    this.#capacity = bytes > SHARING_BYTES ? bytes : CAPACITY_BYTES;
  }

  get first(): number {
    return this.#first;
  }

  /** The place behind the last record. */
  get end(): number {
    return this.#indexes.length;
  }

  get lastIndex(): number {
    return this.#indexes.at(-1)!;
  }

  get lastArrival(): number {
    return this.#arrivals.at(-1)!;
  }

  /** Bytes of the records that have not been trimmed. */
  get liveBytes(): number {
    return this.#used - this.#startOf(this.#first);
  }

  hasRoomFor(bytes: number): boolean {
    return bytes <= SHARING_BYTES && this.#used + bytes <= this.#capacity;
  }

  append({ index, at, partitionKey, data }: Arrival, bytes: number): void {
    const start = this.#used;
    this.#reserve(start + bytes);
    this.#bytes.set(data, start);
    const dataEnd = start + data.byteLength;
    if (partitionKey !== undefined) this.#bytes.write(partitionKey, dataEnd);
    this.#indexes.push(index);
    this.#arrivals.push(at);
    this.#dataEnds.push(dataEnd);
    this.#ends.push(start + bytes);
  }

  indexAt(place: number): number {
    return this.#indexes[place]!;
  }

  arrivalAt(place: number): number {
    return this.#arrivals[place]!;
  }

  dataAt(place: number): Uint8Array {
    return this.#bytes.subarray(this.#startOf(place), this.#dataEnds[place]);
  }

  partitionKeyAt(place: number): string | undefined {
    const start = this.#dataEnds[place]!;
    const end = this.#ends[place]!;
    return start === end ? undefined : this.#bytes.toString("utf8", start, end);
  }

  bytesAt(place: number): number {
    return this.#ends[place]! - this.#startOf(place);
  }

  /** The first place whose record has that index or a greater one. Costs O(log n). */
  placeOfIndex(index: number): number {
    return lowerBound(this.#indexes, index, this.#first);
  }

  /** The first place whose record arrived at the instant or later. Costs O(log n). */
  placeOfArrival(instant: number): number {
    return lowerBound(this.#arrivals, instant, this.#first);
  }

  /** Makes a place the first. */
  trimTo(place: number): void {
    this.#first = place;
  }

  get #used(): number {
    return this.#ends.length === 0 ? 0 : this.#ends[this.#ends.length - 1]!;
  }

  #startOf(place: number): number {
    return place === 0 ? 0 : this.#ends[place - 1]!;
  }

  /** Doubles the buffer when the bytes do not fit. Views of the old one that readers hold stay as they are. */
  #reserve(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const size = Math.max(SMALLEST_BYTES, this.#bytes.length * 2, bytes);
    const grown = Buffer.allocUnsafeSlow(Math.min(size, this.#capacity));
    this.#bytes.copy(grown);
    this.#bytes = grown;
  }
}

function lowerBound(ascending: readonly number[], value: number, from: number): number {
  let low = from;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
