import { Deque } from "../../../kernel/collection/deque.ts";
import { present } from "../../../kernel/present.ts";
import type { PassedText } from "../../../kernel/utf8.ts";
import { LoggedRecord } from "./logged-record.ts";
import { type Arrival, Segment, storedBytes } from "./segment.ts";

/** A place in a shard: the reader has seen every record whose sequence index is lower. */
export type Position = number;

/** How much one read returns at most. A record that alone exceeds the bytes is returned alone. */
export interface ReadLimit {
  readonly records: number;
  readonly bytes: number;
}

/** What one read found. */
interface Reading {
  readonly records: LoggedRecord[];
  bytes: number;
  /** The position behind the last record. */
  next: Position;
}

/**
 * The records of one shard, oldest first. Appending costs O(1); finding a position costs O(log n), reading from there
 * only what is returned.
 */
export class RecordLog {
  readonly #numberOf: (index: number, arrivedAt: number) => PassedText;
  readonly #segments = new Deque<Segment>();
  #newest: Segment | undefined;
  #count = 0;
  #bytes = 0;
  #lastIndex = -1;
  /** When the oldest record arrived; Infinity while there is none. */
  #oldestArrival = Number.POSITIVE_INFINITY;

  /** `numberOf` tells the sequence number of a record. */
  constructor(numberOf: (index: number, arrivedAt: number) => PassedText) {
    this.#numberOf = numberOf;
  }

  /** How many records there are. */
  get count(): number {
    return this.#count;
  }

  /** Bytes of their data and partition keys. */
  get bytes(): number {
    return this.#bytes;
  }

  append(arrival: Arrival, isEncrypted: boolean): void {
    const stored = storedBytes(arrival);
    const segment = this.#segmentFor(stored, isEncrypted);
    const before = segment.liveBytes;
    segment.append(arrival, stored);
    if (this.#count === 0) this.#oldestArrival = arrival.at;
    this.#count++;
    this.#bytes += segment.liveBytes - before;
    this.#lastIndex = arrival.index;
  }

  /** Whether a record stands at the position or behind it. */
  hasRecordsFrom(position: Position): boolean {
    return this.#count > 0 && this.#lastIndex >= position;
  }

  /** The first records from the position on. */
  read(position: Position, limit: ReadLimit): Reading {
    const reading: Reading = { records: [], bytes: 0, next: position };
    if (!this.hasRecordsFrom(position)) return reading;
    let isFull = false;
    for (let number = this.#segmentOfIndex(position); number < this.#segments.size && !isFull; number++) {
      isFull = this.#readSegment(present(this.#segments.at(number), "a segment of the log"), reading, limit);
    }
    return reading;
  }

  /** The position behind the last record; 0 if there is none. */
  get end(): Position {
    return this.#count === 0 ? 0 : this.#lastIndex + 1;
  }

  /** Every record from the position on with its index, oldest first. None may come or go until the last was taken. */
  *from(position: Position): Generator<{ readonly index: number; readonly record: LoggedRecord }, void, void> {
    if (!this.hasRecordsFrom(position)) return;
    for (let number = this.#segmentOfIndex(position); number < this.#segments.size; number++) {
      const segment = present(this.#segments.at(number), "a segment of the log");
      for (let place = segment.placeOfIndex(position); place < segment.end; place++) {
        yield { index: segment.indexAt(place), record: this.#recordAt(segment, place) };
      }
    }
  }

  /** Every record there is now with its index, oldest first, whenever and however often they are read. */
  taken(): Iterable<{ readonly index: number; readonly record: LoggedRecord }> {
    const runs = this.#segments.list().map((segment) => ({ segment, first: segment.first, end: segment.end }));
    const recordAt = (segment: Segment, place: number): LoggedRecord => this.#recordAt(segment, place);
    return {
      *[Symbol.iterator]() {
        for (const { segment, first, end } of runs) {
          for (let place = first; place < end; place++) {
            yield { index: segment.indexAt(place), record: recordAt(segment, place) };
          }
        }
      },
    };
  }

  /** When the record of that index arrived, or undefined when there is none. */
  arrivalOf(index: number): number | undefined {
    const segment = this.#segments.at(this.#segmentOfIndex(index));
    const place = segment?.placeOfIndex(index);
    if (segment === undefined || place === undefined || segment.indexAt(place) !== index) return undefined;
    return segment.arrivalAt(place);
  }

  /** When the first record from the position on arrived, or undefined when there is none. */
  arrivalFrom(position: Position): number | undefined {
    const segment = this.hasRecordsFrom(position) ? this.#segments.at(this.#segmentOfIndex(position)) : undefined;
    return segment?.arrivalAt(segment.placeOfIndex(position));
  }

  /** How many records there are from the position on. Costs O(n) in the segments behind it. */
  countFrom(position: Position): number {
    if (!this.hasRecordsFrom(position)) return 0;
    let count = 0;
    for (let number = this.#segmentOfIndex(position); number < this.#segments.size; number++) {
      const segment = present(this.#segments.at(number), "a segment of the log");
      count += segment.end - segment.placeOfIndex(position);
    }
    return count;
  }

  /** The position of the first record that arrived at the instant or later, or undefined when none did. */
  positionOfArrival(instant: number): Position | undefined {
    const segment = this.#segments.at(this.#segmentNumber((candidate) => candidate.lastArrival >= instant));
    return segment?.indexAt(segment.placeOfArrival(instant));
  }

  /** Forgets the records that arrived before the instant. Costs O(1) for each whole segment. */
  trim(instant: number): void {
    while (this.#oldestArrival < instant) {
      this.#trimSegment(present(this.#segments.at(0), "a segment of the log"), instant);
      const oldest = this.#segments.at(0);
      this.#oldestArrival = oldest === undefined ? Number.POSITIVE_INFINITY : oldest.arrivalAt(oldest.first);
    }
  }

  #trimSegment(segment: Segment, instant: number): void {
    this.#count -= segment.end - segment.first;
    this.#bytes -= segment.liveBytes;
    segment.trimTo(segment.placeOfArrival(instant));
    this.#count += segment.end - segment.first;
    this.#bytes += segment.liveBytes;
    if (segment.first < segment.end) return;
    this.#segments.shift();
    if (segment === this.#newest) this.#newest = undefined;
  }

  /** Adds what the segment has from the reading's next position on; says whether the limit was reached. */
  #readSegment(segment: Segment, reading: Reading, limit: ReadLimit): boolean {
    for (let place = segment.placeOfIndex(reading.next); place < segment.end; place++) {
      const bytes = reading.bytes + segment.bytesAt(place);
      const { length } = reading.records;
      if (length === limit.records || (bytes > limit.bytes && length > 0)) return true;
      reading.records.push(this.#recordAt(segment, place));
      reading.bytes = bytes;
      reading.next = segment.indexAt(place) + 1;
    }
    return false;
  }

  #recordAt(segment: Segment, place: number): LoggedRecord {
    const arrivedAt = segment.arrivalAt(place);
    return new LoggedRecord({
      number: this.#numberOf(segment.indexAt(place), arrivedAt),
      arrivedAt,
      data: segment.dataAt(place),
      key: segment.partitionKeyAt(place),
      isEncrypted: segment.isEncrypted,
    });
  }

  #segmentFor(bytes: number, isEncrypted: boolean): Segment {
    const newest = this.#newest;
    if (newest?.isEncrypted === isEncrypted && newest.hasRoomFor(bytes)) return newest;
    // What filled one segment is likely to fill another.
    this.#newest = new Segment({ isEncrypted, firstBytes: bytes, willFill: newest?.isFull === true });
    this.#segments.push(this.#newest);
    return this.#newest;
  }

  #segmentOfIndex(index: number): number {
    return this.#segmentNumber((segment) => segment.lastIndex >= index);
  }

  /** The number of the first segment for which `reaches` holds; it holds for every later one too. */
  #segmentNumber(reaches: (segment: Segment) => boolean): number {
    let low = 0;
    let high = this.#segments.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (reaches(present(this.#segments.at(middle), "a segment of the log"))) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
