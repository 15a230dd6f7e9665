import { crc32 } from "node:zlib";
import type { Entry, PlainEvent } from "../kernel/event/event-log.ts";

const CHECKSUM_BYTES = 4;

/** The resources that there is something of, then, in turn, the index of one and an event of it; or how many parts there are. */
type Members = readonly [first: readonly string[] | number, ...rest: readonly (number | PlainEvent)[]];

/**
 * Entries on their way to bytes that show damage: a checksum, and behind it a JSON list, which names each resource once. JSON is
 * what V8 reads and writes fastest of what needs no schema; a codec in JavaScript gains a third of a microsecond an entry.
 */
export class EntryText {
  readonly #resources: string[] = [];
  readonly #indexes = new Map<string, number>();
  #latest = "";
  #latestIndex = -1;
  #text = "";

  /** How many characters were added. */
  get length(): number {
    return this.#text.length;
  }

  add({ resource, event }: Entry): void {
    if (resource !== this.#latest || this.#latestIndex < 0) this.#latestIndex = this.#indexOf(resource);
    this.#latest = resource;
    this.#text += `,${this.#latestIndex},${JSON.stringify(event)}`;
  }

  seal(): Buffer {
    return sealed(`[${JSON.stringify(this.#resources)}${this.#text}]`);
  }

  #indexOf(resource: string): number {
    const known = this.#indexes.get(resource);
    if (known !== undefined) return known;
    const index = this.#resources.push(resource) - 1;
    this.#indexes.set(resource, index);
    return index;
  }
}

/** The entries in texts of so many characters, but for the last one of each, which may be longer. There is one at least. */
export function* textsOf(entries: Iterable<Entry>, characters: number): Generator<EntryText, void, void> {
  let text = new EntryText();
  for (const entry of entries) {
    if (text.length >= characters) {
      yield text;
      text = new EntryText();
    }
    text.add(entry);
  }
  yield text;
}

/** Bytes that say in how many parts the entries lie elsewhere. */
export function encodeParts(parts: number): Buffer {
  return sealed(JSON.stringify([parts]));
}

/** The entries, or in how many parts they lie elsewhere; undefined when the bytes are not those that were written. */
export function decodeEntries(bytes: Buffer): readonly Entry[] | number | undefined {
  if (bytes.length <= CHECKSUM_BYTES) return undefined;
  if (crc32(bytes.subarray(CHECKSUM_BYTES)) !== bytes.readUInt32BE()) return undefined;
  const members = JSON.parse(bytes.toString("utf8", CHECKSUM_BYTES)) as Members;
  const [resources] = members;
  if (typeof resources === "number") return resources;
  const entries: Entry[] = [];
  for (let at = 1; at < members.length; at += 2) {
    entries.push({ resource: resources[members[at] as number] ?? "", event: members[at + 1] as PlainEvent });
  }
  return entries;
}

function sealed(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(CHECKSUM_BYTES + Buffer.byteLength(text));
  bytes.write(text, CHECKSUM_BYTES);
  bytes.writeUInt32BE(crc32(bytes.subarray(CHECKSUM_BYTES)));
  return bytes;
}
