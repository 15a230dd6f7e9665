/** A compaction is not worth it for less than that. */
export const LEAST_GROWTH_BYTES = 4 * 1024 * 1024;
/** Of the text of what there is, files shall not take more: twice as much, and pages are not always full. */
const MOST_SHARE = 1.95;
/** So much of the room for what is written may be full before a compaction: the rest is for what is written while it lasts. */
const BEFORE_COMPACTION = 0.8;

/** What a compaction wrote. */
export interface BaseSize {
  /** What it takes. */
  readonly bytes: number;
  /** What it would take as text. */
  readonly textBytes: number;
  readonly entries: number;
  /** How many of the entries were for things that come and go, such as messages. */
  readonly held: number;
}

/** What a compaction is likely to write, now that so many of the things are held that come and go. */
export function expectedBase({ bytes, textBytes, entries, held }: BaseSize, heldNow: number): BaseSize {
  const gone = Math.max(0, held - heldNow);
  const share = entries === 0 ? 1 : Math.max(0, 1 - gone / entries);
  return { bytes: share * bytes, textBytes: share * textBytes, entries: entries - gone, held: heldNow };
}

/** How much can be beside what there is and what a compaction writes, which are there together until its end. */
export function roomBytes({ bytes, textBytes }: BaseSize): number {
  return MOST_SHARE * textBytes - 2 * bytes;
}

/** From how many bytes on a compaction is due that is likely to write so much. */
export function bytesForCompaction(expected: BaseSize): number {
  return expected.bytes + Math.max(LEAST_GROWTH_BYTES, BEFORE_COMPACTION * roomBytes(expected));
}
