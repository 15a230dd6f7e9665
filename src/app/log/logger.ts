import { isatty } from "node:tty";
import type * as Pino from "pino";
import { latePackage, lazily } from "../../kernel/load/late-package.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { type Logger, type LogLevel, logLevels, silentLogger } from "../../server/log.ts";
import type { LogFormat } from "./log-format.ts";
import { openOutlet, STANDARD_ERROR } from "./outlet.ts";
import { inPlainText } from "./plain-text.ts";

/** How much is logged, and how. */
interface LogOptions {
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

interface LoggerDeps {
  readonly clock: Clock;
}

interface ClosableLogger extends Logger {
  /** Resolves when the last lines have left, or cannot. */
  close(): Promise<void>;
}

/** Lines on standard error, none of which ever holds up or ends the program. */
export function createLogger({ logLevel, logFormat }: LogOptions, deps: LoggerDeps): ClosableLogger {
  if (logLevel === "silent") return { ...silentLogger, close: async () => {} };
  return new Lines(logLevel, logFormat, deps);
}

type LineLevel = Exclude<LogLevel, "silent">;

/** pino is loaded with the first line, so that starting does not wait for it. */
class Lines implements ClosableLogger {
  readonly #rank: number;
  readonly #open: () => Pino.Logger;
  #close: () => Promise<void> = async () => {};
  #dropped = 0;

  constructor(level: LineLevel, format: LogFormat, { clock }: LoggerDeps) {
    this.#rank = logLevels.indexOf(level);
    this.#open = lazily(() => {
      const pino = latePackage("pino", (loaded: typeof Pino) => loaded.pino);
      const options: Pino.LoggerOptions = { level, base: null, formatters: { level: (label) => ({ level: label }) } };
      const onDrop = () => void this.#dropped++;
      const outlet = openOutlet(pino, { clock, onDrop, onRoom: () => this.#tellDropped() });
      this.#close = () => outlet.close();
      const isText = format === "auto" ? isatty(STANDARD_ERROR) : format === "text";
      return pino(options, isText ? inPlainText(outlet) : outlet);
    });
  }

  isEnabled(asked: LineLevel): boolean {
    return logLevels.indexOf(asked) <= this.#rank;
  }

  log(asked: LineLevel, fields: Readonly<Record<string, unknown>>, text: string): void {
    if (!this.isEnabled(asked)) return;
    try {
      this.#open()[asked](fields, text);
    } catch {
      this.#dropped++; // pino or its destination cannot be opened now
    }
  }

  close(): Promise<void> {
    return this.#close();
  }

  #tellDropped(): void {
    const dropped = this.#dropped;
    if (dropped === 0) return;
    this.#dropped = 0;
    this.log("error", { dropped }, "log lines dropped");
  }
}
