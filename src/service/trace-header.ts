import type { Call } from "./service.ts";

/** `Root=…;Parent=…;Sampled=…`: names and values, whichever they are. */
const TRACE_HEADER = /^\w+=[^;=\s]+(?:;\s*\w+=[^;=\s]+)*;?$/;

export function isTraceHeader(text: string): boolean {
  return TRACE_HEADER.test(text);
}

/** The X-Ray trace header of a request, if it is well formed. */
export function requestTraceHeader(call: Call): string | undefined {
  const header = call.header("x-amzn-trace-id");
  return header !== undefined && isTraceHeader(header) ? header : undefined;
}
