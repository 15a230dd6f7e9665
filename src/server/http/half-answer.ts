import type { WireResponse } from "../../protocol/protocol.ts";
import { isWhole } from "./reply.ts";

/** How an answer begins that breaks off. */
interface HalfAnswer {
  /** At least a byte. */
  readonly bytes: Uint8Array;
  /** How many bytes are announced, which is more. */
  readonly announced: number;
}

/** Short bodies become a little longer, so that there is something to announce and not to send. */
const SHORTEST = 2;

/** The first half of a body; of one that is made on the way, half of its first piece. */
export async function firstHalf(body: WireResponse["body"]): Promise<HalfAnswer> {
  const whole = isWhole(body) ? Buffer.from(body) : await firstPiece(body);
  const padded = whole.length < SHORTEST ? Buffer.concat([whole, Buffer.alloc(SHORTEST, " ")]) : whole;
  return { bytes: padded.subarray(0, padded.length >> 1), announced: padded.length };
}

/** Takes no more than that, and lets go of the rest. */
async function firstPiece(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const piece of body) if (piece.length > 0) return piece.slice();
  return Buffer.alloc(0);
}
