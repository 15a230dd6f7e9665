import type { HashRange } from "./hash-range.ts";
import { NumberText } from "./logged-record.ts";
import { type Position, RecordLog } from "./record-log.ts";
import { type SequenceNumber, SequenceNumbers } from "./sequence-number.ts";

/** What a shard is from its creation on. */
interface ShardOrigin {
  readonly index: number;
  readonly range: HashRange;
  /** Epoch second. */
  readonly createdSecond: number;
  /** None, that of the shard that was split, or those of the two that were merged in the order the merge named them. */
  readonly parents: readonly number[];
}

/** A shard of a stream. Only its stream changes it. */
export class Shard {
  readonly index: number;
  readonly id: string;
  readonly range: HashRange;
  readonly createdSecond: number;
  /** Indexes of the parents, which may have expired. */
  readonly parents: readonly number[];
  readonly log: RecordLog;
  readonly #numbers: SequenceNumbers;
  #startingSequenceNumber: string | undefined;
  #closedSecond: number | undefined;
  #children: readonly Shard[] = [];

  constructor({ index, range, createdSecond, parents }: ShardOrigin) {
    this.index = index;
    this.id = shardIdOf(index);
    this.range = range;
    this.createdSecond = createdSecond;
    this.parents = parents;
    this.#numbers = new SequenceNumbers(index, createdSecond);
    this.log = new RecordLog((recordIndex, arrivedAt) => this.numberTextOf(recordIndex, arrivedAt));
  }

  /** Ids of the parents. The second one is the AdjacentParentShardId. */
  get parentIds(): readonly string[] {
    return this.parents.map(shardIdOf);
  }

  get isOpen(): boolean {
    return this.#closedSecond === undefined;
  }

  /** Epoch second of its closing; undefined while it is open. */
  get closedSecond(): number | undefined {
    return this.#closedSecond;
  }

  /** The shards it was split into, or the one it was merged into; none while it is open. */
  get children(): readonly Shard[] {
    return this.#children;
  }

  get startingSequenceNumber(): string {
    this.#startingSequenceNumber ??= this.#numbers.of(0, this.createdSecond);
    return this.#startingSequenceNumber;
  }

  /** Undefined while the shard is open. */
  get endingSequenceNumber(): string | undefined {
    return this.#closedSecond === undefined ? undefined : this.#numbers.last(this.#closedSecond);
  }

  /** The number of the record with that index. */
  numberOf(index: number, arrivedAt: number): string {
    return this.#numbers.of(index, Math.floor(arrivedAt / 1000));
  }

  /** The same number, for whoever writes it. */
  numberTextOf(index: number, arrivedAt: number): NumberText {
    return new NumberText(this.#numbers, index, Math.floor(arrivedAt / 1000));
  }

  /** A number that lies behind every record before the position and before all others. */
  numberBefore(position: Position, now: number): string {
    return this.#numbers.after(position - 1, Math.floor(now / 1000));
  }

  /** The position of the first record whose number is not below the given one, which is of this shard. */
  positionAt(number: SequenceNumber): Position {
    const index = placeOf(number);
    const second = this.#secondOf(index);
    return number.isGap || (second !== undefined && second < number.second) ? index + 1 : index;
  }

  /** The position of the first record whose number is above the given one, which is of this shard. */
  positionAfter(number: SequenceNumber): Position {
    const index = placeOf(number);
    const second = this.#secondOf(index);
    return !number.isGap && second !== undefined && second > number.second ? index : index + 1;
  }

  /** Whether the shard is closed and all it ever held arrived before the instant. */
  isExpired(horizon: number): boolean {
    return this.#closedSecond !== undefined && this.#closedSecond < Math.floor(horizon / 1000);
  }

  /** Ends the shard in favour of its children. */
  close(second: number, children: readonly Shard[]): void {
    this.#closedSecond = second;
    this.#children = children;
  }

  #secondOf(index: number): number | undefined {
    const arrivedAt = this.log.arrivalOf(index);
    return arrivedAt === undefined ? undefined : Math.max(Math.floor(arrivedAt / 1000), this.createdSecond);
  }
}

/** The index as a position. Made-up ones are out of reach of every record all the same when they are cut short. */
function placeOf({ index }: SequenceNumber): Position {
  return index < Number.MAX_SAFE_INTEGER ? Number(index) : Number.MAX_SAFE_INTEGER - 1;
}

const PREFIX = "shardId-";
const DIGITS = 12;
const GREATEST_INDEX = 2 ** 31 - 1;

/** The canonical id of the shard with that index; a bogus sequence number can encode a negative one. */
export function shardIdOf(index: number): string {
  if (index < 0) return `${PREFIX}-${String(-index).padStart(DIGITS - 1, "0")}`;
  return PREFIX + String(index).padStart(DIGITS, "0");
}

/** The index a shard id names, however it is spelled: AWS looks only at what follows the first hyphen. */
export function shardIndexOf(id: string): number | undefined {
  const digits = id.slice(id.indexOf("-") + 1);
  if (!/^\d+$/.test(digits)) return undefined;
  const index = Number(digits);
  return index <= GREATEST_INDEX ? index : undefined;
}
