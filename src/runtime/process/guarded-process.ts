import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Clock } from "../../kernel/time/clock.ts";
import type { ProcessEnd } from "../error-document.ts";
import type { ProcessOutput } from "./process-output.ts";

/**
 * Becomes a command beside somebody who waits for the end of a pipe that this process holds, and then ends both. The pipe
 * ends with this process, however that does, so that no function outlives it, be it in an endless loop.
 */
const GUARDED = `exec 3<&0 </dev/null
(trap '' TERM INT HUP; read -r line <&3; kill -KILL 0) >/dev/null 2>&1 &
exec 3<&-
exec "$@"`;

/** How long output is waited for that somebody holds open who has left the group of processes. */
const LAST_OUTPUT_MS = 1_000;
/** How old a figure of its memory may be: to ask the system takes longer than to hand over an event. */
const MEMORY_AGE_MS = 1_000;
/** How long a process may take to end by itself. */
const GRACE_MS = 500;

/** A command to run, and where. */
interface ProcessStart {
  readonly command: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly output: ProcessOutput;
  readonly clock: Clock;
  /** It has ended, and all that it wrote was read. */
  readonly onEnd: (end: ProcessEnd) => void;
}

/** A process with all that it starts, in a group of its own. It ends when this process does. */
export class GuardedProcess {
  readonly #start: ProcessStart;
  readonly #child: ChildProcess;
  #hasEnded = false;
  #mostMemoryMb: number | undefined;
  #memoryAskedAt = Number.NEGATIVE_INFINITY;

  constructor(start: ProcessStart) {
    this.#start = start;
    this.#child = spawned(start);
    const { stdin, stdout, stderr } = this.#child;
    stdin?.on("error", () => {});
    for (const stream of [stdout, stderr]) if (stream !== null) start.output.follow(stream);
    this.#child.once("error", ({ message }) => this.#end({ code: null, signal: null, spawnError: message }));
    this.#child.once("exit", () => this.#exited());
    this.#child.once("close", (code, signal) => this.#end({ code, signal }));
  }

  /** The most memory it has used in MB, as of a moment ago at the most, where the system tells. */
  mostMemoryMb(): number | undefined {
    const now = this.#start.clock.now();
    if (now - this.#memoryAskedAt < MEMORY_AGE_MS) return this.#mostMemoryMb;
    this.#memoryAskedAt = now;
    this.#mostMemoryMb = mostMemoryMbOf(this.#child.pid);
    return this.#mostMemoryMb;
  }

  /** Asks it to end, and has it end if it does not. */
  end(): void {
    if (this.#hasEnded) return;
    const { clock } = this.#start;
    this.#signal("SIGTERM");
    this.#child.once(
      "exit",
      clock.at(clock.now() + GRACE_MS, () => this.kill()),
    );
  }

  /** Ends it at once. */
  kill(): void {
    if (!this.#hasEnded) this.#signal("SIGKILL");
  }

  /** What it started ends with it; what it wrote is read to the end. */
  #exited(): void {
    const { clock, output } = this.#start;
    this.#signal("SIGKILL");
    output.drain();
    const letGo = (): void => [this.#child.stdout, this.#child.stderr].forEach((stream) => void stream?.destroy());
    this.#child.once("close", clock.at(clock.now() + LAST_OUTPUT_MS, letGo));
  }

  #end(end: ProcessEnd): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#child.stdin?.destroy();
    this.#start.onEnd(end);
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (hasGroups) process.kill(-pid, signal);
      else this.#child.kill(signal);
    } catch {
      // nobody of it is left
    }
  }
}

function mostMemoryMbOf(pid: number | undefined): number | undefined {
  try {
    const [, kb] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kb === undefined ? undefined : Math.ceil(Number(kb) / 1024);
  } catch {
    return undefined; // it has ended, or this is no Linux
  }
}

const hasGroups = process.platform !== "win32";

function spawned({ command, directory, environment }: ProcessStart): ChildProcess {
  const [file = "", ...args] = hasGroups ? ["/bin/sh", "-c", GUARDED, "sh", ...command] : command;
  return spawn(file, args, { cwd: directory, env: environment, stdio: "pipe", detached: hasGroups, windowsHide: true });
}
