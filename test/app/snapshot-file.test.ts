import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createEmulator, type Emulator } from "../../src/app/emulator.ts";
import { control, fillEveryService, linesOf } from "./every-service.ts";

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waystation-snapshot-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A file with something of every service. */
async function aFile(): Promise<string> {
  const file = join(aFolder(), "world.jsonl");
  await using emulator = await createEmulator({ channelDir: aFolder() });
  emulator.clock().freeze();
  await fillEveryService(emulator);
  writeFileSync(file, await control(emulator, "GET", "snapshots/document?withSecrets=true"));
  return file;
}

const queuesOf = async (emulator: Emulator, account: string) =>
  (await emulator.account(account).queues()).map(({ name }) => name);

test("a server begins with what is in a file", async () => {
  const snapshot = await aFile();
  await using emulator = await createEmulator({ snapshot, channelDir: aFolder() });
  expect(await linesOf(emulator)).toEqual(readFileSync(snapshot, "utf8").trimEnd().split("\n").slice(1));
});

test("a file that says what cannot be ends the start with its line", async () => {
  const snapshot = await aFile();
  writeFileSync(snapshot, readFileSync(snapshot, "utf8").replace('"senderId"', '"senderID"'));
  await expect(createEmulator({ snapshot })).rejects.toThrow(
    /world\.jsonl: Line \d+ of the snapshot: event\.message has "senderID"; did you mean senderId\?/,
  );
});

test("a file that is not there ends the start", async () => {
  await expect(createEmulator({ snapshot: "/nowhere.jsonl" })).rejects.toThrow("cannot read /nowhere.jsonl: ENOENT");
});

test("a folder begins with the file, and goes on with what became of it", async () => {
  const [snapshot, dataDir, account] = [await aFile(), aFolder(), "111111111111"];
  {
    await using emulator = await createEmulator({ snapshot, dataDir });
    expect(await queuesOf(emulator, account)).toContain("jobs");
    emulator.reset();
    await fetch(`${emulator.endpoint}/?Action=CreateQueue&QueueName=own`);
  }
  await using again = await createEmulator({ snapshot, dataDir });
  expect(await queuesOf(again, account)).toEqual([]);
  expect(await queuesOf(again, "000000000000")).toEqual(["own"]);
});
