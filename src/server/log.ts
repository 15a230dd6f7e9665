/** How much is written: each level includes those before it. */
export const logLevels = ["silent", "error", "warn", "info", "debug"] as const;

/**
 * How much is written; one of `logLevels`.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * const logLevel = "error"; // what goes well, and what is refused, has no line
 * const emulator = await createEmulator({ logLevel });
 * await emulator.close();
 */
export type LogLevel = (typeof logLevels)[number];

/**
 * Takes log lines. Ask `isEnabled` before building the fields of a line that is written often.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * const lines = [];
 * const logger = {
 *   isEnabled: (level) => level !== "debug",
 *   log: (level, fields, text) => lines.push(`${level} ${text} ${fields.operation}`),
 * };
 * const emulator = await createEmulator({ logger });
 * await fetch(`${emulator.endpoint}/?Action=GetQueueUrl&QueueName=missing`);
 * await emulator.close();
 * if (lines.join() !== "info request GetQueueUrl") throw new Error(lines.join());
 */
export interface Logger {
  isEnabled(level: Exclude<LogLevel, "silent">): boolean;
  log(level: Exclude<LogLevel, "silent">, fields: Readonly<Record<string, unknown>>, text: string): void;
}

/** Writes nothing. */
export const silentLogger: Logger = { isEnabled: () => false, log: () => {} };
