export { createEmulator, type Emulator, type EmulatorOptions } from "./app/emulator.ts";
export { UsageError } from "./app/settings/config.ts";
export type { Ids } from "./kernel/ids.ts";
export type { AccountClock } from "./kernel/time/account-clock.ts";
export type { Clock } from "./kernel/time/clock.ts";
export { TimeError } from "./kernel/time/controlled-clock.ts";
export type { Logger, LogLevel } from "./server/log.ts";
