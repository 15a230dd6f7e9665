import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { Clock } from "../../kernel/time/clock.ts";
import { OutputLines } from "./output-lines.ts";

/** How to run a script, and for how long at most. */
interface ScriptRun {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly tell: (line: string) => void;
  /** Ends it at once. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** What became of a script: its exit code, or why it has none. */
export type ScriptEnd = number | "timeout" | "stopped" | "no-shell";

/**
 * Runs a command beside somebody who waits for the end of a pipe that this process holds, and then ends both. The pipe
 * ends with this process, however that does, so that no script outlives it.
 */
const GUARDED = `exec 3<&0 </dev/null
(read -r line <&3; kill -KILL 0) >/dev/null 2>&1 &
exec 3<&-
"$@"`;

/** How long output is waited for that somebody holds open who has left the group of processes. */
const LAST_OUTPUT_MS = 1_000;

/** Runs a script to its end. What it leaves in the background ends with it. */
export function runScript(run: ScriptRun): Promise<ScriptEnd> {
  if (run.signal.aborted) return Promise.resolve("stopped");
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", ["-c", GUARDED, "sh", ...run.command], {
      env: run.environment,
      stdio: "pipe",
      detached: true, // a group of its own, which can be ended as a whole
    });
    followOutput(child, run);
    let cutShort: ScriptEnd | undefined;
    const stopWatching = watchEnds(run, (why) => {
      cutShort ??= why;
      endGroup(child);
    });
    const settle = (end: ScriptEnd): void => {
      stopWatching();
      resolve(end);
    };
    child.once("error", () => settle("no-shell"));
    child.once("close", (code) => settle(cutShort ?? code ?? 1));
  });
}

/** Tells when a script has to end before it does by itself. The function returned ends the watch. */
function watchEnds({ clock, timeoutMs, signal }: ScriptRun, end: (why: "timeout" | "stopped") => void): () => void {
  const onStop = (): void => end("stopped");
  const stopClock = clock.at(clock.now() + timeoutMs, () => end("timeout"));
  signal.addEventListener("abort", onStop, { once: true });
  return () => {
    stopClock();
    signal.removeEventListener("abort", onStop);
  };
}

function followOutput(child: ChildProcessWithoutNullStreams, { tell, clock }: ScriptRun): void {
  const lines = new OutputLines(tell);
  lines.follow(child.stdout);
  lines.follow(child.stderr);
  child.stdin.on("error", () => {});
  child.once("exit", () => {
    endGroup(child);
    const letGo = (): void => [child.stdout, child.stderr].forEach((stream) => void stream.destroy());
    child.once("close", clock.at(clock.now() + LAST_OUTPUT_MS, letGo));
  });
}

function endGroup({ pid }: ChildProcessWithoutNullStreams): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // nobody of it is left
  }
}
