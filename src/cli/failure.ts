/** Exit codes: what went well, what failed or does not hold, and what was asked for wrongly. */
export const DONE = 0;
export const FAILED = 1;
export const MISUSED = 2;

/** Why a command cannot do what it is told, as a sentence, with the exit code that says so. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = FAILED) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The same for what was typed wrongly. */
export function misuse(message: string): CommandFailure {
  return new CommandFailure(message, MISUSED);
}
