import { fileURLToPath } from "node:url";
import { Child } from "./child.ts";
import { SERVER_CORE } from "./pinned.ts";

/** A running server. */
export interface Server extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
}

/** What the floor answers to the requests of one operation. */
export interface FloorReply {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The entry point of the built server. Compiled benchmarks stand in `dist-bench/bench/machine`. */
export const MAIN = fileURLToPath(new URL("../../../dist/bundle/main.js", import.meta.url));

const FLOOR = fileURLToPath(new URL("../floor.js", import.meta.url));

/** Starts the emulator with its defaults on a free port. */
export function startEmulator(): Promise<Server> {
  return start([MAIN, "start", "--port", "0"]);
}

/** Starts the bare server that the emulator is compared with. */
export function startFloor(replies: Readonly<Record<string, FloorReply>>): Promise<Server> {
  return start([FLOOR, JSON.stringify(replies)]);
}

async function start(args: readonly string[]): Promise<Server> {
  const child = new Child(SERVER_CORE, args);
  const [, port] = await child.printed(/https?:\/\/[^\s/]+:(\d+)/);
  return { port: Number(port), pid: child.pid, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}
