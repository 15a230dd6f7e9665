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

/** Up to so many characters of the piece for each of the text, `indexOf` is the quickest whatever they are. */
const SHORT_PIECE = 8;
/** So many comparisons take no time worth saving. */
const FEW_COMPARISONS = 4096;

/**
 * A function that finds the first occurrence of the piece from an index on, or -1, in a time that grows with the text
 * alone. `indexOf` can take the product of both lengths, when all but one of their characters are the same.
 */
export function textSearch(piece: string): (text: string, from: number) => number {
  let borders: Uint32Array | undefined;
  return (text, from) => {
    if (piece.length <= SHORT_PIECE || piece.length * (text.length - from) <= FEW_COMPARISONS) {
      return text.indexOf(piece, from);
    }
    if (piece.length > text.length - from) return -1;
    borders ??= bordersOf(piece);
    return find(text, from, { piece, borders });
  };
}

/** The search of Knuth, Morris and Pratt, which never goes back in the text. */
function find(
  text: string,
  from: number,
  { piece, borders }: { readonly piece: string; readonly borders: Uint32Array },
): number {
  let matched = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    while (matched > 0 && piece.charCodeAt(matched) !== code) matched = borders[matched - 1] ?? 0;
    if (piece.charCodeAt(matched) === code) matched++;
    if (matched === piece.length) return at + 1 - matched;
  }
  return -1;
}

/** For each beginning of the piece, how long the longest shorter one is that it ends with. */
function bordersOf(piece: string): Uint32Array {
  const borders = new Uint32Array(piece.length);
  let matched = 0;
  for (let at = 1; at < piece.length; at++) {
    const code = piece.charCodeAt(at);
    while (matched > 0 && piece.charCodeAt(matched) !== code) matched = borders[matched - 1] ?? 0;
    if (piece.charCodeAt(matched) === code) matched++;
    borders[at] = matched;
  }
  return borders;
}
