import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startEmulator } from "../../../src/app/emulator.ts";
import { openLmdbStore } from "../../../src/store/lmdb-store.ts";
import { FunctionCaller } from "../../support/lambda-server.ts";

test("an event that waits for its retry waits for it after a restart, at the same instant", async () => {
  const path = mkdtempSync(join(tmpdir(), "waystation-events-"));
  const started = () => startEmulator({}, { openStore: () => openLmdbStore(path, "process") });
  try {
    const first = await started();
    first.clock().freeze();
    const caller = new FunctionCaller(first);
    await caller.create(`exports.handler = async () => { throw new Error("no"); };`);
    await caller.invoke({ a: 1 }, { InvocationType: "Event" });
    await first.settled({ within: "1s" }).catch(() => {}); // it waits for a minute
    const waiting = await first.functionEvents();
    await first.close();
    await using second = await started();
    expect(waiting).toMatchObject([{ failures: 1, state: "waiting", ageSeconds: 1 }]);
    expect(await second.functionEvents()).toEqual(waiting);
  } finally {
    rmSync(path, { recursive: true });
  }
});
