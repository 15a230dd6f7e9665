import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { codeFolder, isOwn, isOwnFolder, makeOwnFolder } from "../../../src/app/compiled-code/own-folder.ts";

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "own-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test.for([
  ["linux", { HOME: "/home/me" }, "/home/me/.cache/waystation"],
  ["linux", { HOME: "/home/me", XDG_CACHE_HOME: "" }, "/home/me/.cache/waystation"],
  ["linux", { HOME: "/home/me", XDG_CACHE_HOME: "/var/caches/me" }, "/var/caches/me/waystation"],
  ["linux", { XDG_CACHE_HOME: "caches" }, undefined],
  ["linux", {}, undefined],
  ["linux", { HOME: "" }, undefined],
  ["darwin", { HOME: "/Users/me" }, "/Users/me/Library/Caches/waystation"],
  ["darwin", {}, undefined],
  ["win32", { LOCALAPPDATA: "/AppData/Local", HOME: "/home/me" }, "/AppData/Local/waystation"],
  ["win32", { HOME: "/home/me" }, undefined],
  ["linux", { HOME: "/home/me", NODE_COMPILE_CACHE: "/ci/cache" }, "/ci/cache"],
] as const)("on %s with %j code is kept in %s", ([platform, environment, folder]) => {
  expect(codeFolder(environment, platform)).toBe(folder);
});

test("a folder is made for its user alone, with the one it lies in", () => {
  const folder = join(scratch(), "caches/waystation");
  makeOwnFolder(folder);
  makeOwnFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, "..")).mode & 0o777).toBe(0o700);
});

test("a home that is not there is not made", () => {
  expect(() => makeOwnFolder(join(scratch(), "home/.cache/waystation"))).toThrow("ENOENT");
});

test.for([
  [0o700, true],
  [0o755, true],
  [0o770, false],
  [0o707, false],
  [0o1777, false],
] as const)("a folder of mode %o is nobody else's: %s", ([mode, own]) => {
  const folder = scratch();
  chmodSync(folder, mode);
  expect(isOwnFolder(folder)).toBe(own);
});

test("what is of another user is not our own, but what is of root is", () => {
  const stats = statSync(scratch());
  const me = 1000;
  expect(isOwn(Object.assign(stats, { uid: me }), me)).toBe(true);
  expect(isOwn(Object.assign(stats, { uid: 0 }), me)).toBe(true);
  expect(isOwn(Object.assign(stats, { uid: 1001 }), me)).toBe(false);
});

test("neither a file nor nothing is a folder of our own", () => {
  const folder = scratch();
  mkdirSync(join(folder, "folder"));
  writeFileSync(join(folder, "file"), "");
  expect(isOwnFolder(join(folder, "file"))).toBe(false);
  expect(isOwnFolder(join(folder, "nothing"))).toBe(false);
});
