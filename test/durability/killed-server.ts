import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Durability } from "../../src/store/store.ts";
import { Heard } from "../support/built-cli.ts";
import type { Found } from "./found.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** One file, unless a compaction has begun another. */
const STATE_FILE = /^state-\d+\.mdb$/;

interface StateFolder extends Disposable {
  readonly path: string;
  /** Whether a compaction has begun that is not over. */
  readonly isBeingCompacted: boolean;
}

/** The server that is killed, as one file, and the folders it keeps its state in. */
export class KilledServer implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "waystation-killed-"));
  #folders = 0;

  async build(): Promise<void> {
    copyFileSync(join(ROOT, "package.json"), join(this.#folder, "package.json"));
    symlinkSync(join(ROOT, "node_modules"), join(this.#folder, "node_modules"));
    await build({
      entryPoints: [join(ROOT, "test/durability/server.ts")],
      outdir: join(this.#folder, "dist/test"),
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      platform: "node",
      target: "node20",
      format: "esm",
      packages: "external",
    });
  }

  /** A folder that is deleted with the end of its use. */
  newFolder(): StateFolder {
    const path = join(this.#folder, `state-${++this.#folders}`);
    return {
      path,
      get isBeingCompacted() {
        return readdirSync(path).filter((name) => STATE_FILE.test(name)).length > 1;
      },
      [Symbol.dispose]: () => {
        rmSync(path, { recursive: true });
      },
    };
  }

  async start(folder: string, durability: Durability): Promise<Running> {
    const child = spawn(process.execPath, [this.#file, folder, durability], { stdio: ["pipe", "pipe", "inherit"] });
    const { port, state } = JSON.parse(await new Heard(child.stdout).until("\n")) as { port: number; state: Found[] };
    return new Running(child, { endpoint: `http://127.0.0.1:${port}`, state });
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }

  get #file(): string {
    return join(this.#folder, "dist/test/server.mjs");
  }
}

/** A server that runs until it is killed. */
export class Running implements AsyncDisposable {
  readonly endpoint: string;
  /** What it came back with. */
  readonly state: readonly Found[];
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<unknown>;

  constructor(
    child: ChildProcessByStdio<Writable, Readable, null>,
    { endpoint, state }: Pick<Running, "endpoint" | "state">,
  ) {
    this.#child = child;
    this.endpoint = endpoint;
    this.state = state;
    this.#ended = once(child, "exit");
  }

  /** Ends it as a machine that has no memory left does: it hears nothing of that. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}
