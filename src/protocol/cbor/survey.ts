import { Cursor, Major, malformed } from "./cursor.ts";

/** How deep arrays and maps may stand in each other. No input of AWS's goes beyond five. */
const MAX_DEPTH = 64;

/** Of the simple values, those below mean nothing; those from here on are false, true, null and undefined. */
const FIRST_SIMPLE = 20;
/** A simple value in a byte of its own. None has a meaning. */
const LONG_SIMPLE = 24;

/** What a document holds. */
interface Survey {
  /** What its byte strings have together. */
  readonly blobBytes: number;
  /** Tags, keys and chunks included. */
  readonly items: number;
}

/**
 * Sees that the bytes are one map and nothing else, and says how much is in it. It makes nothing, whatever the lengths
 * claim, and whoever builds the document afterwards need not doubt them any more.
 *
 * Throws SerializationException.
 */
export function survey(bytes: Buffer): Survey {
  const cursor = new Cursor(bytes);
  cursor.next();
  if (cursor.major !== Major.map) throw malformed();
  const blobBytes = surveyEntries(cursor, 1);
  if (cursor.offset !== bytes.length) throw malformed();
  return { blobBytes, items: cursor.items };
}

function surveyItem(cursor: Cursor, depth: number): number {
  cursor.next();
  return surveyRest(cursor, depth);
}

/** Steps over the item whose head has just been read, and says how many bytes its byte strings have. */
export function surveyRest(cursor: Cursor, depth = 0): number {
  switch (cursor.major) {
    case Major.bytes:
      return surveyString(cursor, Major.bytes);
    case Major.text:
      surveyString(cursor, Major.text);
      return 0;
    case Major.array:
      return surveyItems(cursor, depth + 1);
    case Major.map:
      return surveyEntries(cursor, depth + 1);
    case Major.other:
      if (cursor.info < FIRST_SIMPLE || cursor.info === LONG_SIMPLE) throw malformed();
      return 0;
    default:
      return 0;
  }
}

/** An indefinite string is made of definite ones of its own kind. */
function surveyString(cursor: Cursor, major: number): number {
  const { argument } = cursor;
  if (argument !== Number.POSITIVE_INFINITY) {
    cursor.skip(argument);
    return argument;
  }
  let length = 0;
  while (cursor.hasAnother(0, argument)) {
    cursor.next();
    if (cursor.major !== major) throw malformed();
    cursor.skip(cursor.argument);
    length += cursor.argument;
  }
  return length;
}

function surveyItems(cursor: Cursor, depth: number): number {
  if (depth > MAX_DEPTH) throw malformed();
  const count = cursor.argument;
  let blobBytes = 0;
  for (let taken = 0; cursor.hasAnother(taken, count); taken++) blobBytes += surveyItem(cursor, depth);
  return blobBytes;
}

/** Keys are texts: the members of structures and the keys of maps know no others. */
function surveyEntries(cursor: Cursor, depth: number): number {
  if (depth > MAX_DEPTH) throw malformed();
  const count = cursor.argument;
  let blobBytes = 0;
  for (let taken = 0; cursor.hasAnother(taken, count); taken++) {
    cursor.next();
    if (cursor.major !== Major.text) throw malformed();
    surveyString(cursor, Major.text);
    blobBytes += surveyItem(cursor, depth);
  }
  return blobBytes;
}
