import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readOwnFile, writeOwnFile } from "../../../src/app/compiled-code/own-file.ts";

const NAME = "0123456789abcdef-v20.19.0-x64-1";

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "own-file-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("a file is written whole, for its user alone, and read again", () => {
  const folder = join(scratch(), "waystation");
  const path = join(folder, NAME);
  writeOwnFile(path, Buffer.from("one"));
  writeOwnFile(path, Buffer.from("two"));
  expect(readOwnFile(path)?.toString()).toBe("two");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual([NAME]);
});

test.for([0o620, 0o602])("a file of mode %o is not read: others may have written it", (mode) => {
  const path = join(scratch(), NAME);
  writeOwnFile(path, Buffer.from("code"));
  chmodSync(path, mode);
  expect(readOwnFile(path)).toBeUndefined();
});

test("nothing is read or written where others can write", () => {
  const folder = scratch();
  const path = join(folder, NAME);
  writeOwnFile(path, Buffer.from("code"));
  chmodSync(folder, 0o777);
  expect(readOwnFile(path)).toBeUndefined();
  expect(() => writeOwnFile(path, Buffer.from("more"))).toThrow("can be written by others");
});

test("a link is not followed", () => {
  const folder = scratch();
  writeFileSync(join(folder, "elsewhere"), "code", { mode: 0o600 });
  symlinkSync(join(folder, "elsewhere"), join(folder, NAME));
  expect(() => readOwnFile(join(folder, NAME))).toThrow("ELOOP");
});

test("a folder in the place of the file is not read", () => {
  const path = join(scratch(), NAME);
  writeOwnFile(join(path, NAME), Buffer.from("code"));
  expect(readOwnFile(path)).toBeUndefined();
});

test("what cannot be written leaves nothing behind", () => {
  const folder = scratch();
  const path = join(folder, NAME);
  writeOwnFile(join(path, "inside"), Buffer.of()); // a folder that is not empty is not replaced by a file
  expect(() => writeOwnFile(path, Buffer.from("code"))).toThrow();
  expect(readdirSync(folder)).toEqual([NAME]);
});

test("the latest four are kept, and what others have there", () => {
  const folder = scratch();
  const older = ["a", "b", "c", "d", "e"].map((digit) => `${digit.repeat(16)}-v20.19.0-x64-1`);
  for (const [age, name] of older.entries()) {
    writeFileSync(join(folder, name), "");
    utimesSync(join(folder, name), 1_000 - age, 1_000 - age);
  }
  writeFileSync(join(folder, "notes"), "");
  writeOwnFile(join(folder, NAME), Buffer.of());
  expect(readdirSync(folder).toSorted()).toEqual([NAME, ...older.slice(0, 3), "notes"].toSorted());
});
