/** Why a text is not JSON, in the words of Jackson, the parser behind AWS. */
export class JsonFault extends Error {}

const REDACTED = "REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";

/** A place in a text as Jackson prints it when it must not show the text. `index` counts UTF-16 units from 0. */
export function redactedLocation(text: string, index: number): string {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < index; at++) {
    const code = text.charCodeAt(at);
    const endsLine = code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10);
    if (!endsLine) continue;
    line++;
    lineStart = at + 1;
  }
  return `[Source: ${REDACTED}; line: ${line}, column: ${index - lineStart + 1}]`;
}

/** Where Jackson says the root began. */
export const ROOT_LOCATION = `[Source: ${REDACTED}; line: 1, column: 0]`;

/** A fault found at `index` of the text. */
export function faultAt(text: string, index: number, message: string): JsonFault {
  return new JsonFault(`${message}\n at ${redactedLocation(text, index)}`);
}

/** A character as Jackson names it: `'i' (code 105)`. */
export function describeCharacter(code: number): string {
  const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
  if (isControl) return `(CTRL-CHAR, code ${code})`;
  const hex = code > 0xff ? ` / 0x${code.toString(16)}` : "";
  return `'${String.fromCharCode(code)}' (code ${code}${hex})`;
}
