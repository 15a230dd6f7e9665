import { createHash, randomBytes, randomFillSync } from "node:crypto";

/** The one door to randomness. */
export interface Ids {
  /** A version 4 UUID in its text form. */
  uuid(): string;
  bytes(length: number): Buffer;
}

const UUID_BYTES = 16;
/** Random bytes for so many UUIDs are drawn at once. */
const POOL = Buffer.alloc(256 * UUID_BYTES);
let drawn = POOL.length;

/** Ids nobody can foresee. */
export const systemIds: Ids = {
  uuid() {
    if (drawn === POOL.length) {
      randomFillSync(POOL);
      drawn = 0;
    }
    drawn += UUID_BYTES;
    return uuidFrom(POOL, drawn - UUID_BYTES);
  },
  bytes: randomBytes,
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
  return { uuid: () => uuidFrom(bytes(UUID_BYTES), 0), bytes };
}

const DIGITS = Buffer.from("0123456789abcdef", "latin1");
/** Where the digits of each byte stand in the text; between them are the hyphens. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const text = Buffer.alloc(36, "-");

/**
 * The bytes from `start` on as a UUID, with version 4 and the variant of RFC 9562 written over them. Node's own come as
 * a rope of twenty pieces, ten times the size of its text; kept a million times, that counts.
 */
export function uuidFrom(bytes: Buffer, start: number): string {
  for (let index = 0; index < UUID_BYTES; index++) {
    let byte = bytes[start + index]!;
    if (index === 6) byte = (byte & 0x0f) | 0x40;
    else if (index === 8) byte = (byte & 0x3f) | 0x80;
    const place = PLACES[index]!;
    text[place] = DIGITS[byte >> 4]!;
    text[place + 1] = DIGITS[byte & 0x0f]!;
  }
  return text.toString("latin1");
}
