import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";

/** V8 asks for these whenever it collects, and compiled code that was kept is good with them as without. */
const ON_ONE_CORE = ["--no-parallel-scavenge", "--no-concurrent-array-buffer-sweeping"];

/**
 * Has V8 collect young objects on the main thread where there is one core. Node gives V8 four threads on any machine; with one core a
 * collection waits until the system has had each of them run, which takes longer than what there is to do.
 */
export function suitCollector(
  cores = availableParallelism(),
  setFlag: (flag: string) => void = setFlagsFromString,
): void {
  if (cores > 1) return;
  for (const flag of ON_ONE_CORE) setFlag(flag);
}
