import { compileDataProtectionPolicy } from "../../../engine/topic/data-protection/compile.ts";
import { invalidParameter } from "../errors.ts";

/** AWS: in characters. API_PutDataProtectionPolicy. */
const MAX_LENGTH = 30_720;

/** The policy's text, unchanged; the empty one takes a policy away. Throws InvalidParameter for what is no policy. */
export function checkDataProtectionPolicy(text: string, { isFifo }: { readonly isFifo: boolean }): string | undefined {
  if (text === "") return undefined;
  // GAP: AWS's words for a policy that cannot be are not known.
  if (isFifo) throw invalidParameter("DataProtectionPolicy", "FIFO topics do not support data protection policies");
  if (text.length > MAX_LENGTH) {
    throw invalidParameter("DataProtectionPolicy", `must be at most ${MAX_LENGTH} characters long`);
  }
  const result = compileDataProtectionPolicy(text);
  if ("error" in result) throw invalidParameter("DataProtectionPolicy", result.error.message);
  return text;
}
