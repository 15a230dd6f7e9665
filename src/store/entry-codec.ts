import { promisify } from "node:util";
import { crc32, deflateRaw, inflateRawSync } from "node:zlib";
import type { Entry, PlainEvent } from "../kernel/event/event-log.ts";

const CHECKSUM_BYTES = 4;
/** The fastest there is. It still writes what is as good as random in no more than it says: seven eighths of it, if it is text. */
const LEVEL = 1;
const deflate = promisify(deflateRaw);

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
  #entries = 0;

  /** How many entries were added. */
  get entries(): number {
    return this.#entries;
  }

  /** How many characters were added. */
  get length(): number {
    return this.#text.length;
  }

  add({ resource, event }: Entry): void {
    if (resource !== this.#latest || this.#latestIndex < 0) this.#latestIndex = this.#indexOf(resource);
    this.#latest = resource;
    this.#text += `,${this.#latestIndex},${JSON.stringify(event)}`;
    this.#entries++;
  }

  seal(): Buffer {
    return sealed(this.#json());
  }

  /** The same in less room, and how many bytes it would be otherwise. Deflated on another thread. */
  async pack(): Promise<{ readonly packed: Buffer; readonly textBytes: number }> {
    const text = Buffer.from(this.#json());
    const deflated = await deflate(text, { level: LEVEL });
    const packed = Buffer.allocUnsafe(CHECKSUM_BYTES + deflated.length);
    deflated.copy(packed, CHECKSUM_BYTES);
    return { packed: withChecksum(packed), textBytes: text.length };
  }

  #json(): string {
    return `[${JSON.stringify(this.#resources)}${this.#text}]`;
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
  const body = soundBody(bytes);
  return body && entriesIn(() => body);
}

/** The same of bytes that were packed. */
export function unpackEntries(bytes: Buffer): readonly Entry[] | number | undefined {
  const body = soundBody(bytes);
  return body && entriesIn(() => inflateRawSync(body));
}

function soundBody(bytes: Buffer): Buffer | undefined {
  const body = bytes.subarray(CHECKSUM_BYTES);
  return body.length > 0 && crc32(body) === bytes.readUInt32BE() ? body : undefined;
}

function entriesIn(text: () => Buffer): readonly Entry[] | number | undefined {
  const members = membersIn(text);
  if (members === undefined) return undefined;
  const [resources] = members;
  if (typeof resources === "number") return resources;
  const entries: Entry[] = [];
  for (let at = 1; at < members.length; at += 2) {
    entries.push({ resource: resources[members[at] as number] ?? "", event: members[at + 1] as PlainEvent });
  }
  return entries;
}

/** Undefined where bytes are taken for what they are not: whether they are packed is said elsewhere. */
function membersIn(text: () => Buffer): Members | undefined {
  try {
    return JSON.parse(text().toString()) as Members;
  } catch {
    return undefined;
  }
}

function sealed(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(CHECKSUM_BYTES + Buffer.byteLength(text));
  bytes.write(text, CHECKSUM_BYTES);
  return withChecksum(bytes);
}

function withChecksum(bytes: Buffer): Buffer {
  bytes.writeUInt32BE(crc32(bytes.subarray(CHECKSUM_BYTES)));
  return bytes;
}
