import type { FunctionAnswer, FunctionCall } from "../../engine/invocation.ts";
import { timedOut, timeoutText } from "../../runtime/error-document.ts";
import type { InvocationMishap } from "./invocation-disturbance.ts";

/** The version that was to run, and what is known of its function. */
interface Undisturbed {
  readonly version: string;
  readonly timeoutMs: number;
  readonly hasReserved: boolean;
}

/** What the caller hears of a mishap: what AWS says of the real thing. */
export function answerBy(mishap: InvocationMishap, call: FunctionCall, found: Undisturbed): FunctionAnswer {
  const { version: executedVersion, timeoutMs, hasReserved } = found;
  if (mishap === "throttled") {
    const limit = hasReserved ? "ReservedFunctionConcurrentInvocationLimitExceeded" : undefined;
    return { type: "throttled", reason: limit ?? "ConcurrentInvocationLimitExceeded" };
  }
  const { requestId } = call;
  const isLate = mishap === "timeout";
  const payload = isLate ? timedOut(requestId, timeoutMs) : mishap.document;
  const log = isLate ? `${requestId} ${timeoutText(timeoutMs)}\n\n` : "";
  return { type: "failed", payload, executedVersion, log };
}
