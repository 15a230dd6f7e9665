import { PolicyFault } from "./policy-fault.ts";

/** A wildcard pattern: the texts between its asterisks, escapes resolved. One text means no asterisk. */
export interface Wildcard {
  readonly pieces: readonly string[];
}

/** Takes a pattern apart. Faults name a position in its UTF-8 bytes, the opening quote at 0. */
export function parseWildcard(pattern: string, column: number): Wildcard {
  const pieces: string[] = [];
  let piece = "";
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    const next = pattern[at + 1];
    if (character === "*") {
      if (next === "*") throw faultAt(pattern, at, { message: "Consecutive wildcard characters", column });
      pieces.push(piece);
      piece = "";
      continue;
    }
    const isEscape = character === "\\";
    if (isEscape && next !== "*" && next !== "\\") {
      throw faultAt(pattern, at, { message: "Invalid escape character", column });
    }
    piece += isEscape ? next : character;
    if (isEscape) at++;
  }
  return { pieces: [...pieces, piece] };
}

export function asteriskCount({ pieces }: Wildcard): number {
  return pieces.length - 1;
}

/**
 * A test for the pattern: the text begins with the first piece, ends with the last, and has the others in between, each
 * at its first chance. Costs at most the length of the text times that of the pattern.
 */
export function wildcardTest({ pieces }: Wildcard): (text: string) => boolean {
  const [first = "", ...middle] = pieces;
  const last = middle.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of middle) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= end;
  };
}

function faultAt(
  pattern: string,
  at: number,
  { message, column }: { readonly message: string; readonly column: number },
): PolicyFault {
  const position = Buffer.byteLength(pattern.slice(0, at)) + 1;
  return new PolicyFault(`${message} at pos ${position}`, column);
}
