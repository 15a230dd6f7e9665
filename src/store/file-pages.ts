import { readSync } from "node:fs";

/** lmdb 3: `MDB_page_header`, behind which the places of nodes stand, counted from there. */
const HEAD_BYTES = 24;
const FLAGS_AT = 18;
const LOWER_AT = 20;
const BRANCH = 1;
const LEAF = 2;
/** `MDB_node`: before its key there are these, and behind it the data, or where that is. */
const NODE_BYTES = 8;
const NODE_FLAGS_AT = 4;
const KEY_BYTES_AT = 6;
const IS_ELSEWHERE = 1;
const IS_TABLE = 2;
const HAS_DUPLICATES = 4;
/** `MDB_ovpage`: page, transaction, and how many pages there are. */
const ELSEWHERE_BYTES = 24;
const ELSEWHERE_PAGES_AT = 16;
/** `MDB_db`, and in it the page a table begins with. */
export const TABLE_BYTES = 48;
const ROOT_AT = 40;
const NO_ROOT = 0xffffffffffffffffn;
/** Pages are read so many at once: they mostly follow one another. */
const BLOCK_BYTES = 256 * 1024;
/** No tree is deeper: LMDB's own limit. */
const MOST_LEVELS = 32;

/** A file of LMDB's, of which the pages up to that one are in use. */
interface PagedFile {
  readonly file: number;
  readonly pageBytes: number;
  readonly lastPage: number;
}

/**
 * Whether the pages of a tree name nothing that lies outside of them. LMDB believes what they say, so that one bit that is another may
 * have it read what is not there, which ends the process without a word. Reads every page of the trees, not the large values.
 */
export class PageCheck {
  readonly #file: PagedFile;
  #block = Buffer.alloc(0);
  #blockAt = 0;
  #left: number;

  constructor(file: PagedFile) {
    this.#file = file;
    this.#left = file.lastPage + 1;
  }

  /** Whether the tree is sound of which a table, as its bytes say, is made. */
  isSound(table: Buffer, level = 0): boolean {
    const root = table.readBigUInt64LE(ROOT_AT);
    return root === NO_ROOT || this.#isTreeSound(Number(root), level + 1);
  }

  #isTreeSound(number: number, level: number): boolean {
    if (level > MOST_LEVELS || this.#left-- === 0) return false;
    const page = this.#page(number);
    if (page === undefined || Number(page.readBigUInt64LE()) !== number) return false;
    const flags = page.readUInt16LE(FLAGS_AT) & (BRANCH | LEAF);
    const placesEnd = HEAD_BYTES + page.readUInt16LE(LOWER_AT);
    if (placesEnd > page.length || (flags !== BRANCH && flags !== LEAF)) return false;
    for (let place = HEAD_BYTES; place < placesEnd; place += 2) {
      const at = HEAD_BYTES + page.readUInt16LE(place);
      if (at + NODE_BYTES > page.length) return false;
      const isSound = flags === BRANCH ? this.#isBranchSound(page, at, level) : this.#isLeafSound(page, at, level);
      if (!isSound) return false;
    }
    return true;
  }

  #isBranchSound(page: Buffer, at: number, level: number): boolean {
    const keyEnd = at + NODE_BYTES + page.readUInt16LE(at + KEY_BYTES_AT);
    // The number of a page has 48 bits, the upper ones where a leaf has flags.
    return keyEnd <= page.length && this.#isTreeSound(page.readUIntLE(at, 6), level + 1);
  }

  #isLeafSound(page: Buffer, at: number, level: number): boolean {
    const bytes = page.readUInt32LE(at);
    const flags = page.readUInt16LE(at + NODE_FLAGS_AT);
    const dataAt = at + NODE_BYTES + page.readUInt16LE(at + KEY_BYTES_AT);
    const dataEnd = dataAt + (flags & IS_ELSEWHERE ? ELSEWHERE_BYTES : bytes);
    if (dataEnd > page.length || flags & HAS_DUPLICATES) return false;
    if (flags & IS_ELSEWHERE) return this.#isValueSound(page.subarray(dataAt), bytes);
    if (flags & IS_TABLE) return bytes === TABLE_BYTES && this.isSound(page.subarray(dataAt, dataEnd), level);
    return true;
  }

  #isValueSound(elsewhere: Buffer, bytes: number): boolean {
    const { pageBytes, lastPage } = this.#file;
    const first = Number(elsewhere.readBigUInt64LE());
    const pages = Number(elsewhere.readBigUInt64LE(ELSEWHERE_PAGES_AT));
    return first > 1 && first + pages - 1 <= lastPage && HEAD_BYTES + bytes <= pages * pageBytes;
  }

  #page(number: number): Buffer | undefined {
    const { pageBytes, lastPage } = this.#file;
    if (number < 2 || number > lastPage) return undefined;
    const at = number * pageBytes;
    if (at < this.#blockAt || at + pageBytes > this.#blockAt + this.#block.length) this.#read(at);
    const from = at - this.#blockAt;
    return from + pageBytes <= this.#block.length ? this.#block.subarray(from, from + pageBytes) : undefined;
  }

  /** Into another block each time: a page that is being gone through stays as it is. */
  #read(at: number): void {
    const block = Buffer.alloc(BLOCK_BYTES);
    this.#block = block.subarray(0, readSync(this.#file.file, block, 0, block.length, at));
    this.#blockAt = at;
  }
}
