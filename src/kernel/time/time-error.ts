/**
 * Time cannot be moved like that. The message is a sentence for whoever asked for it.
 *
 * @example
 * import { createEmulator, TimeError } from "waystation";
 *
 * const emulator = await createEmulator();
 * try {
 *   await emulator.clock().advance(-1);
 * } catch (error) {
 *   if (!(error instanceof TimeError)) throw error;
 * }
 * await emulator.close();
 */
export class TimeError extends RangeError {}

/** Work that takes no time of its account waits for what may never come, so that time cannot move on. Says what for. */
export class TimeHeld extends TimeError {
  override readonly name = "TimeHeld";

  constructor(why: string) {
    super(`Time does not move on: ${why}`);
  }
}
