import { formatIso8601 } from "../../../kernel/iso8601.ts";

/**
 * The instant as a signed message states it, a whole second as the millisecond after it: AWS's Java SDK 2 leaves out
 * `.000` before it verifies, so that no signature over a whole second would hold there. A frozen clock is often set to one.
 */
export function signedTimestamp(instant: number): string {
  return formatIso8601(instant % 1000 === 0 ? instant + 1 : instant);
}
