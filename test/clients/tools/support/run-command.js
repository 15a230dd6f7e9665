import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** None of the tools needs longer; this only ends what hangs. */
const TIMEOUT_MS = 300_000;

/** Runs a command to its end: its exit code, and all that it wrote. A command that cannot be started has none. */
export async function runCommand(command, args, options = {}) {
  const child = spawn(command, args, { timeout: TIMEOUT_MS, ...options, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve).once("error", () => resolve(undefined)));
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, err, output: `${out}${err}` };
}
