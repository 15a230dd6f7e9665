import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { inspectPlace } from "../../../src/app/durable/inspect.ts";
import { createEmulator } from "../../../src/app/emulator.ts";
import { scopeOfArn } from "../../../src/kernel/arn.ts";
import type { Entry } from "../../../src/kernel/event/event-log.ts";
import { openLmdbStore } from "../../../src/store/lmdb-store.ts";
import { ACCOUNT, BUCKET, control, fillEveryService, wireOf } from "../every-service.ts";

/** By version: files of state, `facts.json` with what is in them, and the same world as a document. */
const DIRS = fileURLToPath(new URL("../../fixtures/data-dirs/", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
const versions = readdirSync(DIRS);

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waystation-version-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The files of state, without what says that somebody has them open. */
function copyState(from: string, to: string): void {
  for (const name of readdirSync(from)) if (name.endsWith(".mdb")) cpSync(join(from, name), join(to, name));
}

/** Has what led to what there is stand in the base of the next file. */
async function compact(dataDir: string): Promise<void> {
  const store = await openLmdbStore(dataDir, "process");
  const byAccount = new Map<string, Entry[]>();
  for (const entry of [...(await store.load())].flat()) {
    const { account } = scopeOfArn(entry.resource);
    byAccount.set(account, [...(byAccount.get(account) ?? []), entry]);
  }
  const lastBatch = store.nextBatch - 1;
  await store.compact(
    (async function* () {
      for (const [account, entries] of byAccount) yield { account, entries, lastBatch };
    })(),
  );
  await store.close();
}

test.runIf(process.env.NEW_DATA_DIR)("the folder of this version is made", async () => {
  const [dataDir, target] = [aFolder(), join(DIRS, version)];
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  {
    await using emulator = await createEmulator({ dataDir });
    emulator.clock(ACCOUNT).freeze();
    await fillEveryService(emulator, { largeBytes: 100 });
    writeFileSync(join(target, "world.jsonl"), await control(emulator, "GET", "snapshots/document"));
  }
  await compact(dataDir);
  await (await createEmulator({ dataDir })).close(); // which is told of behind what was compacted
  copyState(dataDir, target);
  const { accounts } = await inspectPlace(target);
  writeFileSync(join(target, "facts.json"), `${JSON.stringify(accounts, undefined, 2)}\n`);
  for (const name of readdirSync(target)) if (name.endsWith("-lock")) rmSync(join(target, name));
});

test("there is a folder of this version", () => {
  expect(versions).toContain(version);
});

test.for(versions)("a folder that version %s wrote is read, with all that is in it, and goes on", async (old) => {
  const dataDir = aFolder();
  copyState(join(DIRS, old), dataDir);
  const facts = JSON.parse(readFileSync(join(DIRS, old, "facts.json"), "utf8"));
  {
    await using emulator = await createEmulator({ dataDir });
    expect(emulator.clock(ACCOUNT).isFrozen).toBe(true);
    expect(await wireOf(emulator).s3("GET", `/${BUCKET}/one.json`)).toBe("{}");
  }
  expect((await inspectPlace(dataDir)).accounts).toEqual(facts);
  await using again = await createEmulator({ dataDir });
  again.clock(ACCOUNT).advance("1d");
  const messages = await again.account(ACCOUNT).queue("jobs").messages();
  expect(messages.map(({ body }) => body)).toEqual(expect.arrayContaining(["dead 0", "dead 1", "dead 2", "later"]));
});

test.for(versions)("a document that version %s wrote is read", async (old) => {
  await using emulator = await createEmulator({ snapshot: join(DIRS, old, "world.jsonl") });
  expect((await emulator.account(ACCOUNT).queues()).map(({ name }) => name)).toContain("orders.fifo");
});
