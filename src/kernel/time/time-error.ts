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
