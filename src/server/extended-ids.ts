import type { Ids } from "../kernel/ids.ts";
import type { WireResponse } from "../protocol/protocol.ts";

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

/** What is spread comes last: V8 makes a class of its own for each copy that is added to, which takes longer than all else about the id. */
export function withExtendedId({ status, headers, body }: WireResponse, id: string): WireResponse {
  return { status, headers: { "x-amz-id-2": id, ...headers }, body };
}
