import { createHash, randomBytes, randomUUID } from "node:crypto";

/** The one door to randomness. */
export interface Ids {
  /** A version 4 UUID in its text form. */
  uuid(): string;
  bytes(length: number): Buffer;
}

/** Ids nobody can foresee. */
export const systemIds: Ids = { uuid: () => flat(randomUUID()), bytes: randomBytes };

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
  return { uuid: () => uuidFrom(bytes(16)), bytes };
}

/** The bytes as a UUID, with version 4 and the variant of RFC 9562 written over them. */
function uuidFrom(bytes: Buffer): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const UUID_LENGTH = 36;
const scratch = Buffer.alloc(UUID_LENGTH);

/** Node builds a UUID as a rope of twenty pieces, ten times the size of its text; kept a million times, that counts. */
function flat(uuid: string): string {
  scratch.write(uuid, "latin1");
  return scratch.toString("latin1");
}
