import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Child } from "./child.ts";
import { canPin, LOAD_CORE, SERVER_CORE } from "./pinned.ts";

/** A running server. */
export interface Server extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
}

/** What floor and ceiling answer to the requests of one operation. */
export interface FixedReply {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Replies by operation. */
export type FixedReplies = Readonly<Record<string, FixedReply>>;

/** The entry point of the built server. Compiled benchmarks stand in `dist-bench/bench/machine`. */
export const MAIN = fileURLToPath(new URL("../../../dist/bundle/main.js", import.meta.url));

const FLOOR = fileURLToPath(new URL("../floor.js", import.meta.url));
const CEILING = fileURLToPath(new URL("../ceiling.js", import.meta.url));
const RELAY = fileURLToPath(new URL("../relay.js", import.meta.url));
const SILENT_ENDPOINT = fileURLToPath(new URL("./silent-endpoint.js", import.meta.url));

/** Starts the emulator on a free port, with its defaults but for the flags given. */
export function startEmulator(...flags: readonly string[]): Promise<Server> {
  return start([MAIN, "start", "--port", "0", ...flags]);
}

/** The same with functions, which run beside the load: what they do themselves is not measured. */
export async function startEmulatorForFunctions(): Promise<Server> {
  if (!canPin) return startEmulator();
  const folder = mkdtempSync(join(tmpdir(), "node-"));
  const file = join(folder, "node");
  writeFileSync(file, `#!/bin/sh\nexec taskset -c ${LOAD_CORE} "${process.execPath}" "$@"\n`, { mode: 0o755 });
  const server = await startEmulator("--node", file);
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Starts the bare server on node:http that the emulator is compared with. */
export function startFloor(replies: FixedReplies): Promise<Server> {
  return startFixed(FLOOR, replies);
}

/** Starts the server on node:net that nothing can be faster than. */
export function startCeiling(replies: FixedReplies): Promise<Server> {
  return startFixed(CEILING, replies);
}

/** Starts the server on node:net that does the least a wake can take. */
export function startRelay(): Promise<Server> {
  return start([RELAY]);
}

/** Replies may be larger than arguments can be. */
async function startFixed(script: string, replies: FixedReplies): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "replies-"));
  try {
    const file = join(folder, "replies.json");
    writeFileSync(file, JSON.stringify(replies));
    return await start([script, file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Starts an endpoint that wants messages and never answers them, beside the load. */
export function startSilentEndpoint(): Promise<Server> {
  return start([SILENT_ENDPOINT], LOAD_CORE);
}

async function start(args: readonly string[], core = SERVER_CORE): Promise<Server> {
  const child = new Child(core, args);
  const [, port] = await child.printed(/https?:\/\/[^\s/]+:(\d+)/);
  return { port: Number(port), pid: child.pid, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}
