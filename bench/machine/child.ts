import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { nodeOn } from "./pinned.ts";

/** How long a child may take to say that it is ready, and to go when told to. */
const READY_WITHIN_MS = 30_000;
const GONE_WITHIN_MS = 10_000;

const living = new Set<ChildProcess>();

/** Node 20 reads extra authorities at its start, needed or not: for a whole store of them that takes a third of the time of a start. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _unused, ...environment } = process.env;
  return environment;
}

process.once("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

/** A Node process of ours. It ends with its handle, and with us at the latest. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  #output = "";

  /** Runs Node on those cores, with these variables beside ours. */
  constructor(cores: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}) {
    const [command, rest] = nodeOn(cores, args);
    this.#process = spawn(command, rest, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...ownEnvironment(), ...variables },
    });
    living.add(this.#process);
    this.#process.once("exit", () => living.delete(this.#process));
    this.#process.stdout!.setEncoding("utf8").on("data", (text: string) => {
      this.#output += text;
    });
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** Waits until the standard output matches. */
  async printed(pattern: RegExp, withinMs = READY_WITHIN_MS): Promise<RegExpExecArray> {
    const giveUp = AbortSignal.timeout(withinMs);
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match !== null) return match;
      if (this.#isGone) throw new Error(`A child ended before it printed ${pattern}: ${this.#output}`);
      await Promise.race([
        once(this.#process.stdout!, "data", { signal: giveUp }),
        once(this.#process, "exit", { signal: giveUp }),
      ]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isGone) return;
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    const insist = setTimeout(() => this.#process.kill("SIGKILL"), GONE_WITHIN_MS);
    await gone;
    clearTimeout(insist);
  }

  get #isGone(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }
}
