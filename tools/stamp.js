/** Tells whether what was built is still what the sources say, by their contents: times change with every checkout. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const STAMP = join(ROOT, "dist/bundle.stamp");
const BUILT = join(ROOT, "dist/bundle/main.js");

/** A digest of everything a build is made from. */
export function sourcesStamp() {
  const hash = createHash("sha256");
  for (const path of [...filesIn("src"), ...filesIn("tools"), "package.json", "package-lock.json", "tsconfig.json"]) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Whether there is a build, and it was made from the sources as they are. */
export function isUpToDate() {
  return existsSync(BUILT) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === sourcesStamp();
}

/** Notes what a build was made from. */
export function writeStamp(stamp) {
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  writeFileSync(STAMP, stamp);
}

function filesIn(folder) {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .toSorted();
}
