import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { PageCheck, TABLE_BYTES } from "./file-pages.ts";
import { StoreRefusal } from "./store.ts";

/** lmdb 3: `MDB_meta` behind the 24 bytes of a page's head, in the machine's byte order, which is little-endian wherever Node runs. */
const MAGIC_AT = 24;
const PAGE_SIZE_AT = 48;
/** What is free, and what names the tables. */
const TABLES_AT = [48, 96] as const;
const LAST_PAGE_AT = 144;
const TRANSACTION_AT = 152;
const META_BYTES = 160;
const MAGIC = 0xbeefc0de;

/** What a page says of the file that names what is there. */
interface Meta {
  readonly pageBytes: number;
  readonly lastPage: bigint;
  readonly transaction: bigint;
  readonly tables: readonly Buffer[];
}

/**
 * What is wrong with a file at first sight, or undefined. LMDB reads files as memory, so that one cut short, or another kind of
 * file, would end the process without a word. Costs its pages, but for large values.
 */
export function complaintAboutFile(path: string): string | undefined {
  const file = openSync(path, "r");
  try {
    const first = metaAt(file, 0);
    if (first === undefined) return "it is no file of LMDB's";
    const second = metaAt(file, first.pageBytes);
    if (second === undefined) return "its second page is none of LMDB's";
    const latest = second.transaction > first.transaction ? second : first;
    return complaintAboutSize(file, latest) ?? complaintAboutPages(file, latest);
  } finally {
    closeSync(file);
  }
}

function complaintAboutSize(file: number, { pageBytes, lastPage }: Meta): string | undefined {
  const bytes = BigInt(pageBytes) * (lastPage + 1n);
  const size = BigInt(fstatSync(file).size);
  return size < bytes ? `it has ${size} bytes, and ${bytes} were written` : undefined;
}

/** Somebody who writes meanwhile may take pages for other things: then nothing is said of them. */
function complaintAboutPages(file: number, { pageBytes, lastPage, transaction, tables }: Meta): string | undefined {
  const check = new PageCheck({ file, pageBytes, lastPage: Number(lastPage) });
  if (tables.every((table) => check.isSound(table))) return undefined;
  const isStill = [0, pageBytes].every((position) => (metaAt(file, position)?.transaction ?? 0n) <= transaction);
  return isStill ? "its pages are in disorder" : undefined;
}

/** Throws the refusal of a file that is damaged in that way. */
export function refuseFile(path: string, how: string): never {
  throw new StoreRefusal(
    `The file ${path} is damaged: ${how}. Nothing of it was loaded: put a copy in its place, or take another folder.`,
  );
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
    tables: TABLES_AT.map((at) => bytes.subarray(at, at + TABLE_BYTES)),
  };
}
