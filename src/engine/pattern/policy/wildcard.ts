import { PolicyFault } from "./policy-fault.ts";
import { textSearch } from "./text-search.ts";

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
 * at its first chance. Costs no more than the text is long.
 */
export function wildcardTest({ pieces }: Wildcard): (text: string) => boolean {
  const [first = "", ...middle] = pieces;
  const last = middle.pop();
  if (last === undefined) return (text) => text === first;
  const searches = middle.map((piece) => ({ length: piece.length, find: textSearch(piece) }));
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || (first !== "" && !text.startsWith(first))) return false;
    if (last !== "" && !text.endsWith(last)) return false;
    let at = first.length;
    for (const { length, find } of searches) {
      const found = find(text, at);
      if (found < 0) return false;
      at = found + length;
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
