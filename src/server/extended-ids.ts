import type { Ids } from "../kernel/ids.ts";

/** AWS: 96 characters of base64 are what is seen most. */
const ID_LENGTH = 96;
const ID_BYTES = 72;
/** Randomness is asked for by the block, and written in base64 by the block, since asking costs more than what is asked for. */
const IDS_PER_BLOCK = 64;

/** Makes the ids that go in `x-amz-id-2`. */
export function createExtendedIds(ids: Ids): () => string {
  let block = "";
  let used = 0;
  return () => {
    if (used === block.length) {
      block = ids.bytes(ID_BYTES * IDS_PER_BLOCK).toString("base64");
      used = 0;
    }
    used += ID_LENGTH;
    return block.slice(used - ID_LENGTH, used);
  };
}
