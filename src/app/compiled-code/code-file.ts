import { crc32 } from "node:zlib";

/** What V8 made of a file of the program. */
export interface CompiledFile {
  /** Of the text it was made of: V8 itself compares nothing but the length. */
  readonly sourceChecksum: number;
  readonly code: Buffer;
}

/** By name of the file. */
export type CompiledFiles = ReadonlyMap<string, CompiledFile>;

/** Name, checksum of the text, and length of the code in bytes. */
type IndexRow = readonly [name: string, sourceChecksum: number, codeBytes: number];

const MAGIC = "wscode1\n";
const CHECKSUM_AT = 8;
const INDEX_BYTES_AT = 12;
const INDEX_AT = 16;
/** V8 copies code that does not begin at a multiple of it. */
const ALIGNMENT = 8;

/** One file of everything: magic, checksum of all that follows, length of the index, the index, and the code of one file after the other. */
export function encodeFiles(files: CompiledFiles): Buffer {
  const index = [...files].map(([name, { sourceChecksum, code }]): IndexRow => [name, sourceChecksum, code.length]);
  const indexText = Buffer.from(JSON.stringify(index));
  const codes = [...files.values()].map(({ code }) => code);
  const end = codes.reduce((at, { length }) => aligned(at + length), aligned(INDEX_AT + indexText.length));
  const bytes = Buffer.alloc(end);
  bytes.write(MAGIC, "latin1");
  bytes.writeUInt32LE(indexText.length, INDEX_BYTES_AT);
  bytes.set(indexText, INDEX_AT);
  let at = aligned(INDEX_AT + indexText.length);
  for (const code of codes) {
    bytes.set(code, at);
    at = aligned(at + code.length);
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(INDEX_BYTES_AT)), CHECKSUM_AT);
  return bytes;
}

/** What such a file holds, as views of it; undefined when it is not one, or not whole: V8 would run whatever it is given. */
export function decodeFiles(bytes: Buffer): CompiledFiles | undefined {
  if (bytes.length < INDEX_AT || bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
  if (crc32(bytes.subarray(INDEX_BYTES_AT)) !== bytes.readUInt32LE(CHECKSUM_AT)) return undefined;
  const indexEnd = INDEX_AT + bytes.readUInt32LE(INDEX_BYTES_AT);
  const index = JSON.parse(bytes.toString("utf8", INDEX_AT, indexEnd)) as readonly IndexRow[];
  const files = new Map<string, CompiledFile>();
  let at = aligned(indexEnd);
  for (const [name, sourceChecksum, codeBytes] of index) {
    files.set(name, { sourceChecksum, code: bytes.subarray(at, at + codeBytes) });
    at = aligned(at + codeBytes);
  }
  return files;
}

function aligned(at: number): number {
  return Math.ceil(at / ALIGNMENT) * ALIGNMENT;
}
