import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** lmdb 3: `MDB_meta` behind the 24 bytes of a page's head, in the machine's byte order, which is little-endian wherever Node runs. */
const MAGIC_AT = 24;
const PAGE_SIZE_AT = 48;
const LAST_PAGE_AT = 144;
const TRANSACTION_AT = 152;
const META_BYTES = 160;
const MAGIC = 0xbeefc0de;

/** What a page says of the file that names what is there. */
interface Meta {
  readonly pageBytes: number;
  readonly lastPage: bigint;
  readonly transaction: bigint;
}

/**
 * What is wrong with a file at first sight, or undefined. LMDB reads files as memory, so that one cut short, or another kind of
 * file, would end the process without a word.
 */
export function complaintAboutFile(path: string): string | undefined {
  const file = openSync(path, "r");
  try {
    const first = metaAt(file, 0);
    if (first === undefined) return "it is no file of LMDB's";
    const second = metaAt(file, first.pageBytes);
    if (second === undefined) return "its second page is none of LMDB's";
    const { lastPage } = second.transaction > first.transaction ? second : first;
    const bytes = BigInt(first.pageBytes) * (lastPage + 1n);
    const size = BigInt(fstatSync(file).size);
    return size < bytes ? `it has ${size} bytes, and ${bytes} were written` : undefined;
  } finally {
    closeSync(file);
  }
}

function metaAt(file: number, position: number): Meta | undefined {
  const bytes = Buffer.alloc(META_BYTES);
  if (readSync(file, bytes, 0, META_BYTES, position) < META_BYTES) return undefined;
  if (bytes.readUInt32LE(MAGIC_AT) !== MAGIC) return undefined;
  const pageBytes = bytes.readUInt32LE(PAGE_SIZE_AT);
  return {
    pageBytes,
    lastPage: bytes.readBigUInt64LE(LAST_PAGE_AT),
    transaction: bytes.readBigUInt64LE(TRANSACTION_AT),
  };
}
