import { once } from "node:events";
import { fstatSync } from "node:fs";
import type * as Pino from "pino";
import type { Clock } from "../../kernel/time/clock.ts";

/** What waits to be written at most; lines on top of that are dropped. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;
/** How long a log that closes waits for a reader. */
const LAST_LINES_MS = 1000;
export const STANDARD_ERROR = 2;

/**
 * The way of log lines to standard error. Writing never waits and never fails: lines wait in memory while nobody takes
 * them, and are dropped when too many do.
 */
interface Outlet extends Pino.DestinationStream {
  /** Resolves when what waits has been written, cannot be, or is not taken in time. */
  close(): Promise<void>;
}

interface OutletDeps {
  readonly clock: Clock;
  /** Hears of each line that is dropped. */
  readonly onDrop: () => void;
  /** Hears that everything has been written after lines had to wait. */
  readonly onRoom: () => void;
}

/** Pipes are written to by Node's own stream, which waits for a reader without a thread; files and terminals by pino's. */
export function openOutlet({ destination }: typeof Pino.pino, deps: OutletDeps): Outlet {
  const kind = fstatSync(STANDARD_ERROR);
  if (kind.isFIFO() || kind.isSocket()) return new PipeOutlet(process.stderr, deps);
  return new FileOutlet(destination, deps);
}

class PipeOutlet implements Outlet {
  readonly #stream: NodeJS.WriteStream;
  readonly #deps: OutletDeps;
  /** Where the reader is gone, lines get lost one by one. */
  readonly #ignore = (): void => {};

  constructor(stream: NodeJS.WriteStream, deps: OutletDeps) {
    this.#stream = stream;
    this.#deps = deps;
    stream.on("error", this.#ignore).on("drain", deps.onRoom);
  }

  write(line: string): void {
    const stream = this.#stream;
    if (stream.writableLength + line.length > MAX_WAITING_BYTES) this.#deps.onDrop();
    else stream.write(line);
  }

  async close(): Promise<void> {
    const stream = this.#stream;
    if (stream.writableLength > 0) {
      await inTime(this.#deps.clock, (signal) => once(stream, "drain", { signal }));
    }
    stream.off("drain", this.#deps.onRoom);
    // What is under way may still fail.
    if (stream.writableLength === 0) stream.off("error", this.#ignore);
  }
}

class FileOutlet implements Outlet {
  readonly #deps: OutletDeps;
  readonly #file: ReturnType<typeof Pino.destination>;
  #isClosed = false;

  constructor(destination: typeof Pino.destination, deps: OutletDeps) {
    this.#deps = deps;
    const retryEAGAIN = () => !this.#isClosed;
    this.#file = destination({ dest: STANDARD_ERROR, sync: false, maxLength: MAX_WAITING_BYTES, retryEAGAIN });
    // On a full disk each line tries anew to write what waits.
    this.#file.on("error", () => {});
    this.#file.on("drop", deps.onDrop);
    this.#file.on("drain", deps.onRoom);
    // Called when the process exits, where it would try for ever to write to a full disk.
    this.#file.flushSync = () => {};
  }

  write(line: string): void {
    this.#file.write(line);
  }

  async close(): Promise<void> {
    const file = this.#file;
    file.off("drain", this.#deps.onRoom);
    file.end();
    await inTime(this.#deps.clock, (signal) => once(file, "close", { signal }));
    this.#isClosed = true;
    file.destroy();
  }
}

/** Waits for something to happen, to fail, or to take too long. */
async function inTime(clock: Clock, happening: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const late = new AbortController();
  const disarm = clock.at(clock.now() + LAST_LINES_MS, () => late.abort());
  try {
    await happening(late.signal);
  } catch {
    // Whoever closes a log cannot be told that its last lines are lost.
  } finally {
    disarm();
  }
}
