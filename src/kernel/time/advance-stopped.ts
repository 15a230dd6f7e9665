import { TimeError } from "./time-error.ts";

/**
 * Whoever had time advanced said stop. The clock stays where it has got to.
 *
 * @example
 * import { AdvanceStopped, createEmulator } from "waystation";
 *
 * const emulator = await createEmulator();
 * try {
 *   await emulator.clock().advance("2d", { signal: AbortSignal.abort() });
 * } catch (error) {
 *   if (!(error instanceof AdvanceStopped)) throw error;
 *   if (error.stoppedAt > Date.now()) throw new Error("time has passed");
 * }
 * await emulator.close();
 */
export class AdvanceStopped extends TimeError {
  override readonly name = "AbortError";
  /** The instant that the clock has got to. */
  readonly stoppedAt: number;

  constructor(stoppedAt: number, shown: string, cause: unknown) {
    super(`Time was stopped on its way, at ${shown}.`, { cause });
    this.stoppedAt = stoppedAt;
  }
}
