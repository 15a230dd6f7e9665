import { TimeError } from "./time-error.ts";

/** Work that takes no time of its account waits for what may never come, so that time cannot move on. Says what for. */
export class TimeHeld extends TimeError {
  override readonly name = "TimeHeld";

  constructor(why: string) {
    super(`Time does not move on: ${why}`);
  }
}
