import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createEmulator } from "../../../src/app/emulator.ts";
import { ACCOUNT, control, fillEveryService } from "../every-service.ts";

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waystation-channels-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** What all files below a folder hold. */
function contentsOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((found) => found.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("");
}

test("a channel that was created where nothing stood in for buckets delivers after a restart where something does", async () => {
  const [dataDir, channelDir] = [aFolder(), aFolder()];
  {
    await using emulator = await createEmulator({ dataDir });
    emulator.clock(ACCOUNT).freeze();
    await fillEveryService(emulator, { largeBytes: 100 });
  }
  {
    await using emulator = await createEmulator({ dataDir, channelDir });
    await emulator.clock(ACCOUNT).advance("1h");
  }
  const delivered = contentsOf(channelDir);
  for (const key of ["a", "b", "c"]) expect(delivered).toContain(`click ${key}\n`);
});

test("so it does when a document brings it to where something stands in for buckets", async () => {
  const channelDir = aFolder();
  await using emulator = await createEmulator();
  emulator.clock(ACCOUNT).freeze();
  await fillEveryService(emulator, { largeBytes: 100 });
  const document = await control(emulator, "GET", "snapshots/document");
  {
    await using fresh = await createEmulator({ channelDir });
    await control(fresh, "POST", "snapshots/restore", document);
    await fresh.clock(ACCOUNT).advance("1h");
  }
  expect(contentsOf(channelDir)).toContain("click b\n");
});
