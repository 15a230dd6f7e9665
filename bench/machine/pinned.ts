import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** Where what is measured runs, and where the load comes from. */
export const SERVER_CORE = "0";
export const LOAD_CORE = "1";
export const BOTH_CORES = "0,1";

/** Whether processes can be kept on one core; without it figures are rougher. */
export const canPin = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;

/** The command that runs Node on those cores with these arguments. */
export function nodeOn(cores: string, args: readonly string[]): readonly [command: string, args: readonly string[]] {
  if (!canPin) return [process.execPath, args];
  return ["taskset", ["-c", cores, process.execPath, ...args]];
}

/** Keeps this process, all its threads included, on one core. */
export function pinThisProcess(core: string): void {
  if (canPin) spawnSync("taskset", ["-a", "-c", "-p", core, String(process.pid)]);
}
