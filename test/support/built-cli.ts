import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The command line, built as it is published into a folder of its own. */
export class BuiltCli implements Disposable {
  readonly #folder: string;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), "waystation-"));
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    const project = join(ROOT, "tsconfig.build.json");
    const outDir = join(this.#folder, "dist");
    // Types are checked by the type check; here only the JavaScript matters.
    execFileSync(process.execPath, [
      compiler,
      "-p",
      project,
      "--outDir",
      outDir,
      "--noCheck",
      "--incremental",
      "false",
    ]);
    copyFileSync(join(ROOT, "package.json"), join(this.#folder, "package.json"));
    symlinkSync(join(ROOT, "node_modules"), join(this.#folder, "node_modules"));
  }

  /** Starts it with those arguments and, of the environment, with nothing but what is given. */
  run(argv: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, [join(this.#folder, "dist/main.js"), ...argv], { env: environment });
    const stdout = new Heard(child.stdout);
    const stderr = new Heard(child.stderr);
    const ended = once(child, "close");
    return {
      stdout,
      stderr,
      kill: (signal: NodeJS.Signals) => child.kill(signal),
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

/** What a stream has said so far. */
class Heard {
  readonly #stream: Readable;
  text = "";

  constructor(stream: Readable) {
    this.#stream = stream.setEncoding("utf8").on("data", (text: string) => {
      this.text += text;
    });
  }

  /** Everything said so far, as soon as it contains that. */
  async until(part: string): Promise<string> {
    while (!this.text.includes(part)) await once(this.#stream, "data");
    return this.text;
  }
}
