export { UsageError } from "./app/config.ts";
export { createEmulator, type Emulator, type EmulatorOptions } from "./app/emulator.ts";
export type { AccountClock } from "./kernel/account-clock.ts";
export type { Clock } from "./kernel/clock.ts";
export { TimeError } from "./kernel/controlled-clock.ts";
export type { Ids } from "./kernel/ids.ts";
export type { Logger, LogLevel } from "./server/log.ts";
