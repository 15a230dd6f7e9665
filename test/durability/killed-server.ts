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
import { type Found, STANDS_BY } from "./found.ts";

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

  async start(place: string, durability: Durability): Promise<Running> {
    const child = this.#spawn(place, durability);
    return running(child, new Heard(child.stdout));
  }

  /** Starts one on a database that another one has; it is there once it stands by, and runs later. */
  async startStandby(url: string, durability: Durability): Promise<{ readonly running: Promise<Running> }> {
    const child = this.#spawn(url, durability);
    const heard = new Heard(child.stdout);
    await heard.until(STANDS_BY);
    return { running: running(child, heard) };
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }

  #spawn(place: string, durability: Durability): Child {
    return spawn(process.execPath, [this.#file, place, durability], { stdio: ["pipe", "pipe", "inherit"] });
  }

  get #file(): string {
    return join(this.#folder, "dist/test/server.mjs");
  }
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** The server, once it has told of itself in a line, in which no other one ends. */
async function running(child: Child, heard: Heard): Promise<Running> {
  const text = await heard.until("]}\n");
  const { port, ...told } = JSON.parse(text.slice(text.indexOf("{"))) as Told & { readonly port: number };
  return new Running(child, { endpoint: `http://127.0.0.1:${port}`, ...told });
}

type Told = Pick<Running, "state" | "lookedAt">;

/** A server that runs until it is killed. */
export class Running implements AsyncDisposable {
  readonly endpoint: string;
  /** What it came back with. */
  readonly state: readonly Found[];
  /** When it looked whether another one is gone, in epoch milliseconds. */
  readonly lookedAt: readonly number[];
  readonly #child: Child;
  readonly #ended: Promise<unknown>;

  constructor(child: Child, { endpoint, state, lookedAt }: Told & Pick<Running, "endpoint">) {
    this.#child = child;
    this.endpoint = endpoint;
    this.state = state;
    this.lookedAt = lookedAt;
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
