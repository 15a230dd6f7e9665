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
/** Random bytes for so many UUIDs are drawn at once. */
const POOL = Buffer.alloc(256 * UUID_BYTES);
let drawn = POOL.length;
/** The bytes of the next UUID; `v4` writes version and variant over them. */
const random = new Uint8Array(UUID_BYTES);
const options = { random };

/** Ids nobody can foresee. Drawing from a pool, and never asking `crypto.randomUUID`: a text of that keeps ten times its size. */
export const systemIds: Ids = {
  uuid() {
    if (drawn === POOL.length) {
      randomFillSync(POOL);
      drawn = 0;
    }
    for (let index = 0; index < UUID_BYTES; index++) random[index] = POOL[drawn + index] ?? 0;
    drawn += UUID_BYTES;
    return v4(options);
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
  return { uuid: () => v4({ random: bytes(UUID_BYTES) }), bytes };
}
