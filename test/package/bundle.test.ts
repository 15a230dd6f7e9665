import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
