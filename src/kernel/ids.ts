import { createHash, randomBytes, randomFillSync } from "node:crypto";
import { v4 } from "uuid";

/**
 * The one door to randomness.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * let count = 0;
 * const ids = {
 *   uuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`,
 *   bytes: (length) => Buffer.alloc(length, ++count),
 * };
 * const emulator = await createEmulator({ ids }); // the same ids in every run
 * const response = await fetch(`${emulator.endpoint}/?Action=ListQueues`);
 * if (!(await response.text()).includes("00000000-0000-4000-8000-")) throw new Error("another id");
 * await emulator.close();
 */
export interface Ids {
  /** A version 4 UUID in its text form. */
  uuid(): string;
  bytes(length: number): Buffer;
}

const UUID_BYTES = 16;
/** More bytes than that are worth a call of their own. */
const MOST_POOLED = 64;
/** Random bytes for so many UUIDs are drawn at once. */
const POOL = Buffer.alloc(256 * UUID_BYTES);
let drawn = POOL.length;

/** Where the next so many bytes begin in the pool. */
function draw(length: number): number {
  if (drawn + length > POOL.length) {
    randomFillSync(POOL);
    drawn = 0;
  }
  drawn += length;
  return drawn - length;
}

/** Ids nobody can foresee. Drawing from a pool, and never asking `crypto.randomUUID`: a text of that keeps ten times its size. */
export const systemIds: Ids = {
  uuid: () => uuidText(POOL, draw(UUID_BYTES)),
  bytes(length) {
    if (length > MOST_POOLED) return randomBytes(length);
    const start = draw(length);
    return Buffer.from(POOL.subarray(start, start + length));
  },
};

/** The same ids in the same order for the same seed: SHA-256 of seed and counter. */
export function seededIds(seed: string): Ids {
  let counter = 0;
  const bytes = (length: number): Buffer => {
    const blocks: Buffer[] = [];
    for (let filled = 0; filled < length; filled += 32) {
      blocks.push(createHash("sha256").update(`${seed}:${counter++}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, length);
  };
  return { uuid: () => v4({ random: bytes(UUID_BYTES) }), bytes };
}

const DIGITS = Buffer.from("0123456789abcdef", "latin1");
/** Where the digits of each byte stand in the text; between them are the hyphens. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const text = Buffer.alloc(36, "-");

/**
 * 16 bytes, from `start` on, as a UUID, with version 4 and the variant of RFC 9562 written over them. For ids of which every
 * message has some: it takes half the time of the uuid package, which writes all others.
 */
export function uuidText(bytes: Buffer, start = 0): string {
  for (let index = 0; index < PLACES.length; index++) {
    let byte = bytes[start + index]!;
    if (index === 6) byte = (byte & 0x0f) | 0x40;
    else if (index === 8) byte = (byte & 0x3f) | 0x80;
    const place = PLACES[index]!;
    text[place] = DIGITS[byte >> 4]!;
    text[place + 1] = DIGITS[byte & 0x0f]!;
  }
  return text.toString("latin1");
}
