/** What a block of messages has room for. */
export interface BlockRoom {
  readonly places: number;
  /** Of texts that it copies; 0 where it copies none. */
  readonly characters: number;
}

/** So many messages share a block of columns: as many as wait already, within these bounds. */
export const LEAST_PLACES = 16;
const MOST_PLACES = 1024;
/** A smaller block copies no texts: a few messages are likely to be received soon. */
const LEAST_COPYING_PLACES = 128;

/** Characters a block has room for: those of its places, if their texts are as long as those of the block before. */
const LEAST_CHARACTERS = 4096;
const MOST_CHARACTERS = 512 * 1024;
const USUAL_CHARACTERS = 256;
/** Texts that are longer than those before by so much still find room. */
const LEEWAY = 1.25;

/** The room of a block behind one with texts of that mean length, if it has any, in a line of so many messages. */
export function roomOfNext(size: number, meanCharacters = USUAL_CHARACTERS): BlockRoom {
  const places = Math.max(LEAST_PLACES, Math.min(size, MOST_PLACES));
  if (places < LEAST_COPYING_PLACES) return { places, characters: 0 };
  const wanted = Math.ceil(places * meanCharacters * LEEWAY);
  return { places, characters: Math.max(LEAST_CHARACTERS, Math.min(wanted, MOST_CHARACTERS)) };
}

/** Whether that room is about as much as is wanted, at the least. */
export function serves(room: BlockRoom, wanted: BlockRoom): boolean {
  return room.places >= wanted.places && room.characters * LEEWAY >= wanted.characters;
}
