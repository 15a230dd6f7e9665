import { CodeStorageExceeded } from "../errors.ts";

/** Where the bytes of code lie. */
export interface CodeStore {
  /** Keeps the bytes, which are the store's from now on. Throws CodeStorageExceeded when there are too many. */
  put(key: string, bytes: Uint8Array): void;
  get(key: string): Uint8Array | undefined;
  /** Lets go of them. */
  release(key: string): void;
}

const MOST_BYTES = 512 * 1024 * 1024;

/** Keeps zip files in memory, so many bytes of them in all accounts together. */
export class CodeInMemory implements CodeStore {
  readonly #most: number;
  readonly #files = new Map<string, Uint8Array>();
  #bytes = 0;

  constructor(mostBytes: number = MOST_BYTES) {
    this.#most = mostBytes;
  }

  put(key: string, bytes: Uint8Array): void {
    if (this.#bytes + bytes.length > this.#most) throw new CodeStorageExceeded();
    this.#files.set(key, bytes);
    this.#bytes += bytes.length;
  }

  get(key: string): Uint8Array | undefined {
    return this.#files.get(key);
  }

  release(key: string): void {
    this.#bytes -= this.#files.get(key)?.length ?? 0;
    this.#files.delete(key);
  }
}
