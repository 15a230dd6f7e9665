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
