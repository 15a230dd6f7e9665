import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alternate } from "../load/alternate.ts";
import { sending } from "../load/sending.ts";
import { startEmulator } from "../machine/servers.ts";
import type { Finding, Pace, Scenario } from "../scenario.ts";

/** Writes of a page that are synced one after the other. */
const SYNCS = 200;
const PAGE_BYTES = 4096;

/** What it costs that state lasts: SendMessage with a folder for it against itself without, and what the disk itself can do. */
export const durable: Scenario = {
  name: "durable",
  async run(pace) {
    if (!hasLmdb()) return [];
    const folder = mkdtempSync(join(tmpdir(), "durable-"));
    try {
      const process = await lasting(join(folder, "process"), "process", pace);
      const full = await lasting(join(folder, "full"), "full", pace);
      const syncs = syncsPerSecond(join(folder, "synced"));
      return [
        { ...process, target: { atLeast: 0.6 } },
        full,
        { what: "pages synced to the disk", value: syncs, unit: "per second" },
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function lasting(folder: string, durability: string, pace: Pace): Promise<Finding> {
  await using base = await startEmulator();
  await using subject = await startEmulator("--data-dir", folder, "--durability", durability);
  using baseLoad = await sending(base);
  using load = await sending(subject);
  const { ratio, detail } = await alternate(baseLoad, load, pace);
  return { what: `SendMessage, durability ${durability}`, value: ratio, unit: "of base", detail };
}

function syncsPerSecond(path: string): number {
  const file = openSync(path, "w");
  const startedAt = performance.now();
  for (let page = 0; page < SYNCS; page++) {
    writeSync(file, Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, page * PAGE_BYTES);
    fdatasyncSync(file);
  }
  const elapsedMs = performance.now() - startedAt;
  closeSync(file);
  return (SYNCS * 1000) / elapsedMs;
}

/** An optional dependency: without it there is nothing to measure. */
function hasLmdb(): boolean {
  try {
    createRequire(import.meta.url).resolve("lmdb");
    return true;
  } catch {
    return false;
  }
}
