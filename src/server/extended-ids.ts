import type { Ids } from "../kernel/ids.ts";

/** AWS: 96 characters are what is seen most. */
const ID_BYTES = 72;
/** Randomness is asked for by the block, since asking costs more than what is asked for. */
const IDS_PER_BLOCK = 64;

/** Makes the ids that go in `x-amz-id-2`. */
export function createExtendedIds(ids: Ids): () => string {
  let block: Buffer = Buffer.alloc(0);
  let used = 0;
  return () => {
    if (used === block.length) {
      block = ids.bytes(ID_BYTES * IDS_PER_BLOCK);
      used = 0;
    }
    used += ID_BYTES;
    return block.toString("base64", used - ID_BYTES, used);
  };
}
