import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLmdbStore } from "../../src/store/lmdb-store.ts";
import type { Durability, Store } from "../../src/store/store.ts";

const DISK_BYTES = 4 * 1024 * 1024;

/** A disk of a few megabytes, where the machine lets us have one. */
class SmallDisk implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "waystation-disk-"));

  constructor() {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_BYTES}`, "tmpfs", this.path], { stdio: "ignore" });
  }

  static isPossible(): boolean {
    try {
      new SmallDisk()[Symbol.dispose]();
      return true;
    } catch {
      return false;
    }
  }

  [Symbol.dispose](): void {
    execFileSync("umount", ["--lazy", this.path]);
    rmdirSync(this.path);
  }
}

/** What came of it when all of those were appended, one after the other. */
async function append(store: Store, instants: readonly number[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const at of instants) {
    const event = { type: "sent", at, body: "x".repeat(20_000) };
    try {
      await store.append({ number: store.nextBatch, entries: [{ resource: "arn:aws:sqs:us-east-1:1:jobs", event }] });
    } catch (cause) {
      failures.push((cause as Error).message);
    }
  }
  return failures;
}

test.skipIf(!SmallDisk.isPossible()).for<Durability>(["process", "full"])(
  "a store of durability %s on a disk that is full refuses, loses nothing, and goes on once there is room",
  async (durability) => {
    using disk = new SmallDisk();
    const ballast = join(disk.path, "ballast");
    writeFileSync(ballast, Buffer.alloc(DISK_BYTES / 2));
    const folder = join(disk.path, "state");
    const store = await openLmdbStore(folder, durability);
    const failures = await append(
      store,
      Array.from({ length: 120 }, (_, at) => at),
    );
    expect(new Set(failures)).toEqual(
      new Set([`there is no space left on the device of ${join(folder, "state-1.mdb")}`]),
    );
    const kept = 120 - failures.length;
    expect(kept).toBeGreaterThan(10);
    rmSync(ballast);
    expect(await append(store, [1000, 1001])).toEqual([]);
    await store.close();
    const again = await openLmdbStore(folder, durability);
    const instants = [...(await again.load())].flat().map(({ event }) => event.at);
    expect(instants).toEqual([...Array.from({ length: kept }, (_, at) => at), 1000, 1001]);
    await again.close();
  },
);
