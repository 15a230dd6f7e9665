import type { Call } from "./service.ts";

/** `Root=…;Parent=…;Sampled=…`: names and values, in any order and whichever they are. */
const TRACE_HEADER = /^\w+=[^;\s]+(?:;\s*\w+=[^;\s]+)*;?$/;
/** AWS: the root is a version and two hexadecimal numbers. Observed: how many digits they have does not matter. */
const ROOT = /(?:^|;\s*)Root=1-[\da-f]+-[\da-f]+(?:;|$)/i;

export function isTraceHeader(text: string): boolean {
  return TRACE_HEADER.test(text) && ROOT.test(text);
}

/** The header of a request that AWS X-Ray has for itself, unless it is empty. */
export function sentTraceHeader(call: Call): string | undefined {
  return call.header("x-amzn-trace-id") || undefined;
}

/** The X-Ray trace header of a request, if it is well formed. */
export function requestTraceHeader(call: Call): string | undefined {
  const header = sentTraceHeader(call);
  return header !== undefined && isTraceHeader(header) ? header : undefined;
}
