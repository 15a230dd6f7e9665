import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A checkout of its own, as whoever says `npm start` has one. */
let checkout: string;
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), "waystation-checkout-"));
  for (const name of ["src", "tools", "package.json", "package-lock.json", "tsconfig.json"]) {
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(checkout, "node_modules"));
});
afterAll(() => rmSync(checkout, { recursive: true }));

/** Does what `npm start` does first, and tells when the program was written. */
function whenBundled(): number {
  execFileSync(process.execPath, [join(checkout, "tools/bundle-if-changed.js")]);
  return statSync(join(checkout, "dist/bundle/main.js"), { bigint: false }).mtimeMs;
}

test("npm start bundles when something has changed, and not otherwise", () => {
  const first = whenBundled();
  expect(whenBundled()).toBe(first);
  appendFileSync(join(checkout, "src/app/cli.ts"), "\n");
  const second = whenBundled();
  expect(second).toBeGreaterThan(first);
  expect(whenBundled()).toBe(second);
});

test("the launchers of functions lie beside the program", () => {
  whenBundled();
  expect(readdirSync(join(checkout, "dist/bundle/launcher")).toSorted()).toEqual([
    "handler.mjs",
    "node.mjs",
    "python.py",
    "runtime-client.mjs",
    "stack-answers.mjs",
  ]);
});

/** Which files of the bundle a program has loaded once it has required one of them. */
function loadedWith(name: string): string[] {
  const list = "process.stdout.write(JSON.stringify(Object.keys(require.cache)))";
  const path = JSON.stringify(join(checkout, "dist/bundle", name));
  const paths = execFileSync(process.execPath, ["-e", `require(${path}); ${list}`], { encoding: "utf8" });
  return JSON.parse(paths).map((loaded: string) => basename(loaded));
}

test("what a server needs at its start is in few files, none of which takes long to keep", () => {
  whenBundled();
  const loaded = loadedWith("index.js");
  expect(loaded.length).toBeLessThan(35);
  const files = loaded.filter((name) => name.startsWith("server-"));
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) expect(statSync(join(checkout, "dist/bundle", name)).size).toBeLessThan(500_000);
});

test("the typed API is loaded without a server", () => {
  whenBundled();
  expect(loadedWith("testing.js").filter((name) => name.startsWith("server-"))).toEqual([]);
});
