import type { InlineHandler } from "../../runtime/runner.ts";

/**
 * A handler that runs in this process, as it would in Lambda: it returns a promise or calls back.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * const double = async (event) => 2 * event.n;
 * const emulator = await createEmulator({ functions: { double } });
 * const path = "/2015-03-31/functions/double/invocations";
 * const response = await fetch(`${emulator.endpoint}${path}`, { method: "POST", body: '{"n":21}' });
 * if ((await response.text()) !== "42") throw new Error("not doubled");
 * await emulator.close();
 */
export type FunctionHandler = InlineHandler;

/**
 * What a function is that is there from the start: code in a directory, a command, an address at which the process is
 * started by hand, or a URL.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * const worker = { command: ["cargo", "run"], directory: ".", timeout: 30, environment: { TABLE: "orders" } };
 * const emulator = await createEmulator({ functions: { worker } }); // runs with the first event
 * await emulator.close();
 */
export interface FunctionOptions {
  /** `index.handler`, below the directory. */
  readonly handler?: string;
  /** AWS's name of it; unless given, what the file of the handler says. */
  readonly runtime?: string;
  /** Where the code lies and runs, anew whenever it changes; with a command, where that runs. */
  readonly directory?: string;
  /** A process that speaks the Lambda Runtime API, whatever its language. */
  readonly command?: readonly string[];
  /** Somebody starts the process, under a debugger for instance; where it asks for events is logged. At any free port, or at this one. */
  readonly attach?: boolean | number;
  /** A server that takes events by POST, such as AWS's Runtime Interface Emulator. */
  readonly url?: string;
  /** In seconds; 3 unless given. */
  readonly timeout?: number;
  /** In MB, for those who ask; 128 unless given. */
  readonly memory?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  /** The usual ones unless given. */
  readonly account?: string;
  readonly region?: string;
}

/** Functions by name. */
export type GivenFunctions = Readonly<Record<string, FunctionHandler | FunctionOptions>>;

/** Those that are handlers of this process, by name. */
export function handlersIn(given: GivenFunctions = {}): ReadonlyMap<string, FunctionHandler> {
  const handlers = new Map<string, FunctionHandler>();
  for (const [name, one] of Object.entries(given)) if (typeof one === "function") handlers.set(name, one);
  return handlers;
}
