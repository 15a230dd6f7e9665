import { environment } from "./settings/config.ts";

/** Commands of the server's own; what begins otherwise, a flag aside, is a command on a running server. */
const SERVER_COMMANDS = ["start", "health", "inspect"];

/** Whether a command on a running server is asked for. */
export function isClientCommand([name]: readonly string[]): boolean {
  return name !== undefined && !name.startsWith("-") && !SERVER_COMMANDS.includes(name);
}

/** Runs it. What it takes is loaded for it, so that a server costs nothing more. */
export async function clientCommand(argv: readonly string[]): Promise<number> {
  const { runCommand } = await import("../cli/run.ts");
  const { stdin: input, stdout, stderr } = process;
  return runCommand(argv, { environment: environment(), input, stdout, stderr });
}
