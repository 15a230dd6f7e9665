/**
 * Why the emulator did not do what a test asked for, or what a test expected and there was not, as a sentence.
 *
 * @example
 * import { createEmulator } from "waystation";
 * import { WaystationError } from "waystation/testing";
 *
 * const emulator = await createEmulator();
 * const failure = await emulator.queue("jobs").counts().catch((error) => error);
 * if (!(failure instanceof WaystationError) || failure.status !== 404) throw failure; // There is no queue "jobs".
 * await emulator.close();
 */
export class WaystationError extends Error {
  override readonly name = "WaystationError";
  /** 400: what was asked for makes no sense. 404: there is no such thing. 409: it does not hold. 503: nobody answers. */
  readonly status: number;
  /** What else the answer says: of a wait how much there is, and which messages. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, details: WaystationError["details"] = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}
