export { createEmulator, type Emulator, type EmulatorOptions } from "./app/emulator.ts";
export { UsageError } from "./app/settings/config.ts";
export type { Ids } from "./kernel/ids.ts";
export type { AccountClock, AdvanceOptions } from "./kernel/time/account-clock.ts";
export { AdvanceStopped } from "./kernel/time/advance-stopped.ts";
export type { Clock } from "./kernel/time/clock.ts";
export { TimeError } from "./kernel/time/time-error.ts";
export type { Logger, LogLevel } from "./server/log.ts";
