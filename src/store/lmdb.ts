import { latePackage } from "../kernel/load/late-package.ts";
import { StoreRefusal } from "./store.ts";

/** As much of lmdb's API as is used here. It is an optional dependency, so its own types may not be there. */
interface Lmdb {
  open(options: OpenOptions): LmdbRoot;
}

interface OpenOptions {
  readonly path: string;
  readonly encoding: "binary";
  readonly noSync: boolean;
  readonly overlappingSync: boolean;
  readonly eventTurnBatching?: false;
  readonly readOnly?: true;
}

/** One file, and the tables in it. */
export interface LmdbRoot {
  openDB(name: string, options: { readonly encoding: "binary" | "json" }): LmdbTable;
  close(): Promise<void>;
}

/** A table, in the order of its keys. */
export interface LmdbTable<Value = unknown> {
  get(key: LmdbKey): Value | undefined;
  getRange(): Iterable<{ readonly key: LmdbKey; readonly value: Value }>;
  getKeys(options: { readonly reverse: boolean; readonly limit: number }): Iterable<LmdbKey>;
  getCount(): number;
  /** Resolves once it is committed, which is on the disk unless `noSync`. */
  put(key: LmdbKey, value: Value): Promise<boolean>;
  putSync(key: LmdbKey, value: Value): void;
  removeSync(key: LmdbKey): void;
}

export type LmdbKey = string | number | readonly number[];

/** Opens a file of LMDB's, and makes it if it is not there. Throws StoreRefusal where the package is not installed. */
export function openLmdb(path: string, syncs: boolean): LmdbRoot {
  // Without overlapping syncs a commit is the one of LMDB proper: data first, then the page that names it.
  return loadLmdb().open({
    path,
    encoding: "binary",
    noSync: !syncs,
    overlappingSync: false,
    eventTurnBatching: false,
  });
}

/** Opens a file of LMDB's to be read, whoever writes it meanwhile. Throws StoreRefusal where the package is not installed. */
export function readLmdb(path: string): LmdbRoot {
  return loadLmdb().open({ path, encoding: "binary", noSync: true, overlappingSync: false, readOnly: true });
}

function loadLmdb(): Lmdb {
  try {
    return latePackage("lmdb", (loaded: Lmdb) => loaded);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const isMissing = code === "MODULE_NOT_FOUND" && message.includes("'lmdb'");
    const [reason] = message.split("\n");
    const complaint = isMissing ? "npm install lmdb" : `it is installed and cannot be loaded, ${reason}`;
    throw new StoreRefusal(`To keep state in a folder takes the package lmdb: ${complaint}.`, { cause });
  }
}
