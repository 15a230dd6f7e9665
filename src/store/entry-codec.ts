import { crc32 } from "node:zlib";
import type { Entry, PlainEvent } from "../kernel/event/event-log.ts";

const CHECKSUM_BYTES = 4;

type Pair = readonly [resource: string, event: PlainEvent];

/** Entries as bytes that show damage: a checksum, and behind it a JSON list of resources and events. */
export function encodeEntries(entries: readonly Entry[]): Buffer {
  return sealed(JSON.stringify(entries.map(({ resource, event }): Pair => [resource, event])));
}

/** The same of entries that are written down already, each as `entryText` does. */
export function encodeTexts(texts: readonly string[]): Buffer {
  return sealed(`[${texts.join(",")}]`);
}

export function entryText({ resource, event }: Entry): string {
  return JSON.stringify([resource, event] satisfies Pair);
}

/** The entries, or undefined when the bytes are not those that were written. */
export function decodeEntries(bytes: Buffer): readonly Entry[] | undefined {
  if (bytes.length < CHECKSUM_BYTES || crc32(bytes.subarray(CHECKSUM_BYTES)) !== bytes.readUInt32BE()) return undefined;
  const pairs = JSON.parse(bytes.toString("utf8", CHECKSUM_BYTES)) as readonly Pair[];
  return pairs.map(([resource, event]) => ({ resource, event }));
}

function sealed(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(CHECKSUM_BYTES + Buffer.byteLength(text));
  bytes.write(text, CHECKSUM_BYTES);
  bytes.writeUInt32BE(crc32(bytes.subarray(CHECKSUM_BYTES)));
  return bytes;
}
