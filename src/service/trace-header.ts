/** `Root=…;Parent=…;Sampled=…`: names and values, in any order and whichever they are. */
const TRACE_HEADER = /^\w+=[^;\s]+(?:;\s*\w+=[^;\s]+)*;?$/;
/** AWS: the root is a version and two hexadecimal numbers. Observed: how many digits they have does not matter. */
const ROOT = /(?:^|;\s*)Root=1-[\da-f]+-[\da-f]+(?:;|$)/i;

/** Whether a text is an X-Ray trace header. */
export function isTraceHeader(text: string): boolean {
  return TRACE_HEADER.test(text) && ROOT.test(text);
}
