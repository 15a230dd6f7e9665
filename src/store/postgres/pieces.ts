import type { EntryText } from "../entry-codec.ts";

/** No row has more bytes than that: PostgreSQL gives back no value of half a gigabyte, and each row is to be written in a moment. */
const PIECE_BYTES = 1024 * 1024;

/** What a row holds of a text. */
export interface Piece {
  readonly bytes: Buffer;
  /** Whether the text ends with it. */
  readonly ends: boolean;
}

/** The pieces that texts are written in. */
export function* piecesOf(texts: Iterable<EntryText>): Generator<Piece, void, void> {
  for (const text of texts) {
    const bytes = text.seal();
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      yield { bytes: bytes.subarray(at, at + PIECE_BYTES), ends: at + PIECE_BYTES >= bytes.length };
    }
  }
}

/** The bytes of the texts that pieces are of, in order. */
export function* textsIn(pieces: Iterable<Piece>): Generator<Buffer, void, void> {
  let begun: Buffer[] = [];
  for (const { bytes, ends } of pieces) {
    begun.push(bytes);
    if (!ends) continue;
    yield begun.length === 1 ? bytes : Buffer.concat(begun);
    begun = [];
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}
