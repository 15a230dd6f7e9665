import { EntityTooSmall, InvalidPart, InvalidPartOrder } from "./errors.ts";

/** A part of an object that comes in parts. */
export interface Part {
  readonly bytes: Uint8Array;
  /** Lower-case hexadecimal. */
  readonly md5: string;
}

/** A part that an object is to be made of; it has that tag, if there is one. */
export interface WantedPart {
  readonly number: number;
  readonly etag: string | undefined;
}

/** AWS: what a part has at least, unless it is the last. */
const LEAST_PART = 5 * 1024 * 1024;

/** Throws InvalidPart, InvalidPartOrder and EntityTooSmall unless an object can be made of those parts. */
export function refuseParts(parts: ReadonlyMap<number, Part>, wanted: readonly WantedPart[]): void {
  const isInOrder = wanted.every(({ number }, at) => number > (wanted[at - 1]?.number ?? 0));
  if (!isInOrder) throw new InvalidPartOrder();
  wanted.forEach(({ number, etag }, at) => {
    const part = parts.get(number);
    if (part === undefined || (etag !== undefined && unquoted(etag) !== part.md5)) {
      throw new InvalidPart();
    }
    if (at < wanted.length - 1 && part.bytes.length < LEAST_PART) throw new EntityTooSmall();
  });
}

/** The parts with those numbers, in order. Throws InvalidPart. */
export function chosenOf(parts: ReadonlyMap<number, Part>, numbers: readonly number[]): readonly Part[] {
  return [...numbers]
    .sort((one, other) => one - other)
    .map((number) => {
      const part = parts.get(number);
      if (part === undefined) throw new InvalidPart();
      return part;
    });
}

function unquoted(etag: string): string {
  return etag.replace(/^"(.*)"$/, "$1");
}
