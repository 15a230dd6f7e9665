import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A test of Vitest has five seconds, which a machine with much else to do can take for starting a server. */
const NO_HURRY = ["--testTimeout", "900000", "--hookTimeout", "900000"];

/** The command line, built as it is published into a folder of its own. */
export class BuiltCli implements Disposable {
  readonly #folder: string;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), "waystation-"));
    execFileSync(process.execPath, [join(ROOT, "tools/bundle.js"), join(this.#folder, "dist/bundle")]);
    copyFileSync(join(ROOT, "package.json"), join(this.#folder, "package.json"));
    symlinkSync(join(ROOT, "node_modules"), join(this.#folder, "node_modules"));
  }

  /**
   * Starts it with its output going elsewhere, such as to a file that is full. It tells its port on a pipe of its own, and
   * at SIGUSR2 opens every file descriptor there is left, then says `full` there.
   */
  runInto(argv: readonly string[], { stdout, stderr }: { readonly stdout: Sink; readonly stderr: Sink }) {
    const preload = join(ROOT, "test/support/tell-port.mjs");
    const child = spawn(process.execPath, ["--import", preload, join(this.#folder, "dist/bundle/main.js"), ...argv], {
      stdio: ["ignore", stdout, stderr, "pipe"],
      env: {},
    });
    const ended = once(child, "exit");
    const told = new Heard(child.stdio[3] as Readable);
    return {
      child,
      port: async () => Number(/^(\d+)\n/.exec(await told.until("\n"))?.[1]),
      async useUpDescriptors() {
        child.kill("SIGUSR2");
        await told.until("full\n");
      },
      async end() {
        child.kill("SIGTERM");
        const [exitCode, signal] = await ended;
        return { exitCode, signal };
      },
      [Symbol.dispose]: () => child.kill("SIGKILL"),
    };
  }

  /** Where its files lie. */
  get bundle(): string {
    return join(this.#folder, "dist/bundle");
  }

  /** What starts it from a shell. */
  get shellCommand(): string {
    return `"${process.execPath}" "${join(this.#folder, "dist/bundle/main.js")}"`;
  }

  /** Runs a module that imports the package by its name. Gives what it says, or fails with what it complains of. */
  async runModule(code: string): Promise<string> {
    const file = join(this.#folder, "module.mjs");
    writeFileSync(file, code);
    return (await execFileAsync(process.execPath, [file])).stdout;
  }

  /** Runs a file of tests in TypeScript that imports the package by its name, with Vitest. */
  async runTests(code: string): Promise<void> {
    const folder = this.#folder;
    writeFileSync(join(folder, "page.test.ts"), code);
    const bundle = (name: string): string => join(folder, "dist/bundle", name);
    const alias = JSON.stringify({ "waystation/testing": bundle("testing.js"), waystation: bundle("index.js") });
    writeFileSync(join(folder, "vitest.config.mjs"), `export default { resolve: { alias: ${alias} } };`);
    const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
    await execFileAsync(process.execPath, [vitest, "run", "--root", folder, ...NO_HURRY]);
  }

  /** Runs one of `examples/` with Node's own test runner, as its users do. Fails with what it reports. */
  async runExample(name: string): Promise<void> {
    cpSync(join(ROOT, "examples"), join(this.#folder, "examples"), { recursive: true });
    await execFileAsync(process.execPath, ["--test", join(this.#folder, "examples", name)], { env: {} });
  }

  /** Starts it with those arguments and, of the environment, with nothing but what is given. */
  run(argv: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, [join(this.#folder, "dist/bundle/main.js"), ...argv], { env: environment });
    const stdout = new Heard(child.stdout);
    const stderr = new Heard(child.stderr);
    const ended = once(child, "close");
    return {
      stdout,
      stderr,
      kill: (signal: NodeJS.Signals) => child.kill(signal),
      endInput: () => void child.stdin.end(),
      /** Reads no more of what it says. */
      hangUp: () => void child.stdout.destroy(),
      /** Exit code, or the signal that ended it, and everything it wrote. */
      async end() {
        const [exitCode, signal] = await ended;
        return { exitCode, signal, stdout: stdout.text, stderr: stderr.text };
      },
      [Symbol.dispose]: () => child.kill("SIGKILL"),
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** Where output goes: a pipe, nowhere, or an open file. */
type Sink = "pipe" | "ignore" | number;

/** What a stream has said so far. */
export class Heard {
  readonly #stream: Readable;
  text = "";

  constructor(stream: Readable) {
    this.#stream = stream.setEncoding("utf8").on("data", (text: string) => {
      this.text += text;
    });
  }

  /** Everything said so far, as soon as it contains that. Fails when the stream ends without it. */
  async until(part: string): Promise<string> {
    const ended = new AbortController();
    const giveUp = () => ended.abort(new Error(`Never heard "${part}" in "${this.text}".`));
    this.#stream.once("close", giveUp);
    while (!this.text.includes(part)) {
      if (this.#stream.closed) giveUp();
      await once(this.#stream, "data", { signal: ended.signal });
    }
    this.#stream.off("close", giveUp);
    return this.text;
  }
}
