import type { Clock } from "../../kernel/time/clock.ts";
import { nextTurn } from "../../kernel/time/system-clock.ts";
import type { CompiledCode } from "./compiled-code.ts";

/**
 * When compiled code is kept, from when the server is ready: once the first requests have had their answers, and once more, with what came with
 * them. A process that ends before, or compiles more later, keeps that with its end.
 */
const KEPT_AFTER_MS: readonly number[] = [1_000, 10_000];

/** Keeps compiled code even if the process is killed in the end, as servers often are. */
export function keepLater(code: CompiledCode, clock: Clock): void {
  for (const waitMs of KEPT_AFTER_MS) clock.at(clock.now() + waitMs, () => void code.keep(nextTurn));
}
