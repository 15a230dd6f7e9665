import { createRequire } from "node:module";
import type * as Pino from "pino";
import { type Logger, type LogLevel, logLevels, silentLogger } from "../server/log.ts";

/** JSON lines on standard error. pino is loaded with the first line, so that starting does not wait for it. */
export function createLogger(level: LogLevel): Logger {
  if (level === "silent") return silentLogger;
  const rank = logLevels.indexOf(level);
  let lines: Pino.Logger | undefined;
  const isEnabled: Logger["isEnabled"] = (asked) => logLevels.indexOf(asked) <= rank;
  return {
    isEnabled,
    log(asked, fields, text) {
      if (!isEnabled(asked)) return;
      lines ??= openLines(level);
      lines[asked](fields, text);
    },
  };
}

const STANDARD_ERROR = 2;

function openLines(level: Exclude<LogLevel, "silent">): Pino.Logger {
  const { pino }: typeof Pino = createRequire(import.meta.url)("pino");
  const options: Pino.LoggerOptions = { level, base: null, formatters: { level: (label) => ({ level: label }) } };
  return pino(options, pino.destination({ dest: STANDARD_ERROR, sync: true }));
}
