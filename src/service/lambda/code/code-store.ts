import type { Entry } from "../../../kernel/event/event-log.ts";
import { CodeStorageExceeded } from "../errors.ts";
import { type CodeEvent, type CodePlace, keptEntries, placeOf, releaseEntry } from "./code-event.ts";

/** Where the bytes of code lie. */
export interface CodeStore {
  /** Keeps the bytes, which are the store's from now on. Throws CodeStorageExceeded when there are too many. */
  put(place: CodePlace, bytes: Uint8Array): void;
  get(place: CodePlace): Uint8Array | undefined;
  /** Lets go of them. */
  release(place: CodePlace): void;
}

/** Hears what happens, of whichever account. Never throws. */
type CodeListener = (account: string, entry: Entry<CodeEvent>) => void;

const MOST_BYTES = 512 * 1024 * 1024;

/** Keeps zip files in memory, so many bytes of them in all accounts together. */
export class CodeInMemory implements CodeStore {
  readonly #most: number;
  readonly #files = new Map<string, Uint8Array>();
  #bytes = 0;
  #listener: CodeListener | undefined;
  /** Bytes that entries held, of which more are to come. */
  #pieces: Buffer[] = [];

  constructor(mostBytes: number = MOST_BYTES) {
    this.#most = mostBytes;
  }

  put(place: CodePlace, bytes: Uint8Array): void {
    if (this.#bytes + bytes.length > this.#most) throw new CodeStorageExceeded();
    this.#keep(place, bytes);
    if (this.#listener === undefined) return;
    for (const entry of keptEntries(place, bytes)) this.#listener(place.scope.account, entry);
  }

  get(place: CodePlace): Uint8Array | undefined {
    return this.#files.get(fileOf(place));
  }

  release(place: CodePlace): void {
    if (!this.#drop(place)) return;
    this.#listener?.(place.scope.account, releaseEntry(place));
  }

  /** Has one listener hear what happens from now on. */
  listen(listener: CodeListener): void {
    this.#listener = listener;
  }

  /** Does what an entry says, without anybody hearing of it. */
  replay({ resource, event }: Entry<CodeEvent>): void {
    const place = placeOf(resource);
    if (event.type === "codeReleased") return void this.#drop(place);
    this.#pieces.push(Buffer.from(event.data, "base64"));
    if (event.rest === 0) this.#keep(place, Buffer.concat(this.#pieces.splice(0)));
  }

  #keep(place: CodePlace, bytes: Uint8Array): void {
    this.#drop(place);
    this.#files.set(fileOf(place), bytes);
    this.#bytes += bytes.length;
  }

  #drop(place: CodePlace): boolean {
    this.#bytes -= this.get(place)?.length ?? 0;
    return this.#files.delete(fileOf(place));
  }
}

function fileOf({ scope: { account, region }, key }: CodePlace): string {
  return `${account} ${region} ${key}`;
}
