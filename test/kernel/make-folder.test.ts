import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeFolder } from "../../src/kernel/make-folder.ts";

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waystation-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("a folder is made with those on the way to it, and one that is there stays", async () => {
  const folder = aFolder();
  const path = join(folder, "made", "on", "the", "way");
  await makeFolder(path);
  writeFileSync(join(path, "letter.txt"), "");
  await makeFolder(path);
  expect(readdirSync(path)).toEqual(["letter.txt"]);
});

test("of several who make the same folder at once each finds it made", async () => {
  const path = join(aFolder(), "made", "by", "many");
  await Promise.all(Array.from({ length: 8 }, () => makeFolder(path)));
  expect(readdirSync(path)).toEqual([]);
});

test("a file in its place or on the way to it is told of, and so is a link to nowhere", async () => {
  const folder = aFolder();
  writeFileSync(join(folder, "letter.txt"), "");
  symlinkSync(join(folder, "nowhere"), join(folder, "link"));
  await expect(makeFolder(join(folder, "letter.txt"))).rejects.toMatchObject({ code: "EEXIST" });
  await expect(makeFolder(join(folder, "letter.txt", "below"))).rejects.toMatchObject({ code: "ENOTDIR" });
  await expect(makeFolder(join(folder, "link"))).rejects.toMatchObject({ code: "EEXIST" });
});

test.skipIf(!existsSync("/proc/self"))("where the system makes no folders that comes to an end", async () => {
  await expect(makeFolder("/proc/nobody/state")).rejects.toMatchObject({ code: "ENOENT" });
});
