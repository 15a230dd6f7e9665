import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const IMPORT = /^(?:import|export)\b[^;"]*?from "([^"]+)"|^import "([^"]+)"/gm;
/**
 * What a test imports, itself or by what supports it, to open a port, to start a process, to run all services at once or
 * to measure memory, for which it has to be alone in its thread.
 */
const OUTSIDE =
  /^node:(?:child_process|https?|http2|net|tls)$|\/src\/(?:index|app\/emulator|app\/services|provisioning\/hooks\/init-hooks|runtime\/local-runner)\.ts$|\/support\/heap\.ts$/;
/** Long, and of no use while one works on something else. */
const LONG = /^test\/(?:malformed|memory)\/|^test\/regular-expressions\.test\.ts$/;

/** The tests that `npm test` runs and `npm run check` leaves out. Told by their imports, so that none is misplaced. */
export function testsThatReachOutside(): string[] {
  const known = new Map<string, boolean>();
  const reachesOutside = (file: string): boolean => {
    const before = known.get(file);
    if (before !== undefined) return before;
    known.set(file, false);
    const imported = [...readFileSync(file, "utf8").matchAll(IMPORT)].map(([, named, bare]) => named ?? bare ?? "");
    const reaches = imported.some((specifier) => {
      if (!specifier.startsWith(".")) return OUTSIDE.test(specifier);
      const path = join(dirname(file), specifier);
      return OUTSIDE.test(path) || (path.startsWith(join(ROOT, "test/")) && reachesOutside(path));
    });
    known.set(file, reaches);
    return reaches;
  };
  return readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => relative(ROOT, join(ROOT, "test", path)))
    .filter((path) => LONG.test(path) || reachesOutside(join(ROOT, path)));
}
