import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection } from "../load/connection.ts";
import { Destination } from "../load/destination.ts";
import { sqsWire } from "../load/wire.ts";
import { Child } from "../machine/child.ts";
import { SERVER_CORE } from "../machine/pinned.ts";
import { MAIN } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";
import { median } from "../statistics.ts";

const GIVE_UP_AFTER_MS = 10_000;
const RETRY_MS = 1;

/** From starting the process to the first answered request: with no code that was compiled before, and with what such a start has left. */
export const start: Scenario = {
  name: "start",
  async run({ samples }) {
    const first: number[] = [];
    const again: number[] = [];
    for (let sample = 0; sample < samples; sample++) {
      const folder = mkdtempSync(join(tmpdir(), "compiled-code-"));
      first.push(await startOnce(folder));
      again.push(await startOnce(folder));
      rmSync(folder, { recursive: true });
    }
    return [
      { what: "first start to first answer", value: median(first), unit: "ms", detail: rangeOf(first) },
      {
        what: "start to first answer",
        value: median(again),
        unit: "ms",
        target: { below: 110 },
        detail: rangeOf(again),
      },
    ];
  },
};

function rangeOf(times: readonly number[]): string {
  return `${times.length} starts, ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms`;
}

/** Keeps compiled code in the folder, by its end at the latest. */
async function startOnce(folder: string): Promise<number> {
  const port = await freePort();
  const variables = { NODE_COMPILE_CACHE: folder, NODE_DISABLE_COMPILE_CACHE: "" };
  const startedAt = performance.now();
  await using _server = new Child(SERVER_CORE, [MAIN, "start", "--port", String(port)], variables);
  const connection = await openOnceListening(port);
  await connection.exchange(new Destination(port, sqsWire).requestFor("ListQueues", "{}"));
  const elapsedMs = performance.now() - startedAt;
  connection.close();
  return elapsedMs;
}

async function openOnceListening(port: number): Promise<Connection> {
  const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
  while (performance.now() < giveUpAt) {
    const connection = await Connection.open(port).catch(() => undefined);
    if (connection !== undefined) return connection;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  throw new Error("The server does not listen.");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
