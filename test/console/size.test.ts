import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
// @ts-expect-error a tool is no TypeScript
import { bundleConsole } from "../../tools/console.js";

const MOST_BYTES = 200_000;
/** What every page loads first. */
const MOST_FIRST_BYTES = 40_000;

test("the console is small, compressed, and what every page needs is a fraction of it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "waystation-console-"));
  const { outputs } = await bundleConsole(folder);
  const sizes = new Map<string, number>();
  for (const name of readdirSync(folder)) {
    if ([".css", ".html", ".js", ".svg"].includes(extname(name))) {
      sizes.set(name, gzipSync(readFileSync(join(folder, name)), { level: 9 }).length);
    }
  }
  rmSync(folder, { recursive: true });
  const sum = (names: Iterable<string>): number =>
    [...names].reduce((total, name) => total + (sizes.get(name) ?? 0), 0);
  expect(sum(sizes.keys())).toBeLessThan(MOST_BYTES);

  const first = new Set<string>();
  const load = (path: string): void => {
    first.add(path.split("/").at(-1) ?? "");
    for (const { path: imported, kind } of outputs[path].imports) if (kind === "import-statement") load(imported);
  };
  load(Object.keys(outputs).find((path) => path.endsWith("/main.js")) ?? "");
  expect(sum(["index.html", "main.css", ...first])).toBeLessThan(MOST_FIRST_BYTES);
});
