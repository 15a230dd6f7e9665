/** Numbers are taken apart into parts of so many digits. */
const PART_DIGITS = 8;
const PART = 10 ** PART_DIGITS;
/** Half a part is looked up. */
const HALF_DIGITS = PART_DIGITS / 2;
const HALF = 10 ** HALF_DIGITS;
/** So many steps times a part, and what is carried, are exact as a number. */
export const MOST_STEPS = 2 ** 26;

/** The four digits of each number below ten thousand, as their bytes lie in memory. */
const halves = new Uint32Array(HALF);
const digitsOfHalves = Buffer.from(halves.buffer);
for (let half = 0; half < HALF; half++) {
  digitsOfHalves.write(String(half).padStart(HALF_DIGITS, "0"), half * HALF_DIGITS, "latin1");
}

/** In which order this machine has them. */
const IS_LITTLE_ENDIAN = digitsOfHalves.readUInt32LE(HALF_DIGITS) === halves[1];

/** Numbers that follow each other at the same distance, in decimal. A long number of BigInt's takes three times as long to become a text. */
export class DecimalProgression {
  /** Parts of the first number and of the distance, the lowest first. */
  readonly #first: Float64Array;
  readonly #step: Float64Array;
  /** The text that was made last, and what its parts beyond those of the distance were raised by. */
  readonly #halves: Uint32Array;
  readonly #text: Buffer;
  #carried = -1;

  /** The numbers are written with as many digits as the first one has, in eights, and never have more. */
  constructor(first: bigint, step: bigint) {
    this.#first = partsOf(first);
    this.#step = partsOf(step);
    this.#halves = new Uint32Array(2 * this.#first.length);
    this.#text = Buffer.from(this.#halves.buffer);
  }

  /** The number after so many steps, which are below `MOST_STEPS`. */
  after(steps: number): string {
    this.#make(steps);
    return this.#text.toString("latin1");
  }

  /** Writes the number after so many steps, and gives the place behind it. */
  write(steps: number, target: DataView, at: number): number {
    this.#make(steps);
    const made = this.#halves;
    const { length } = made;
    for (let index = 0; index < length; index++) {
      target.setUint32(at + index * HALF_DIGITS, made[index] as number, IS_LITTLE_ENDIAN);
    }
    return at + length * HALF_DIGITS;
  }

  #make(steps: number): void {
    const { length } = this.#step;
    let carried = 0;
    for (let place = 0; place < length; place++) {
      carried = this.#raise(place, (this.#step[place] as number) * steps + carried);
    }
    if (carried !== this.#carried) this.#carry(carried, length);
  }

  /** Raises the parts from that place on. */
  #carry(carried: number, from: number): void {
    this.#carried = carried;
    let rest = carried;
    for (let place = from; place < this.#first.length; place++) rest = this.#raise(place, rest);
  }

  /** Has a part of the first number be raised by so much in the text, and gives what is to be carried. */
  #raise(place: number, raise: number): number {
    const sum = (this.#first[place] as number) + raise;
    const carried = Math.floor(sum / PART);
    const part = sum - carried * PART;
    const upper = Math.floor(part / HALF);
    const end = this.#halves.length - 2 * place;
    this.#halves[end - 1] = halves[part - upper * HALF] as number;
    this.#halves[end - 2] = halves[upper] as number;
    return carried;
  }
}

function partsOf(number: bigint): Float64Array {
  const parts: number[] = [];
  for (let rest = number; rest > 0n; rest /= BigInt(PART)) parts.push(Number(rest % BigInt(PART)));
  return Float64Array.from(parts);
}
