import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const inFolder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => (folder === "." ? name : `${folder}/${name}`));
const PAGES = [".", "docs", "examples", "clients/python", "test/clients"].flatMap(inFolder);

/** Links to other files of the repository and to headings, outside code. */
function linksOf(path: string): readonly string[] {
  const text = read(path).replaceAll(/^```[\s\S]*?^```$/gm, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^\w+:/.test(target));
}

/** Headings as links name them. */
function headingsOf(path: string): readonly string[] {
  const text = read(path).replaceAll(/^```[\s\S]*?^```$/gm, "");
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- _]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.for(PAGES)("each link of %s leads to a file and a heading that there is", (page) => {
  for (const link of linksOf(page)) {
    const [file = "", heading] = link.split("#", 2);
    const path = file === "" ? page : normalize(join(page, "..", file));
    expect(existsSync(join(ROOT, path)), link).toBe(true);
    if (heading !== undefined && path.endsWith(".md")) expect(headingsOf(path), link).toContain(heading);
  }
});

/** What the documents say of the repository's own work, and the pictures of the console, would be dead weight to a project that has the package. */
const LEFT_OUT = /^(?:bench|src|test|docs\/console)\//;

/** Whether npm takes a file along: of the entries that cover it the last one says. */
function isPacked(path: string): boolean {
  if (/^(?:README\.md|LICENSE|package\.json)$/.test(path)) return true;
  const { files } = JSON.parse(read("package.json")) as { readonly files: readonly string[] };
  const covers = (entry: string): boolean => path === entry || path.startsWith(`${entry}/`);
  return files.findLast((entry) => covers(entry.replace("!", "")))?.startsWith("!") === false;
}

test.for(["README.md", ...inFolder("docs")])("what %s leads to is in the package, too", (page) => {
  const missing = linksOf(page)
    .map((link) => normalize(join(page, "..", link.split("#", 1)[0] ?? "")))
    .filter((path) => path !== normalize(join(page, "..")) && !isPacked(path))
    .filter((path) => page === "README.md" || !LEFT_OUT.test(path));
  expect(missing).toEqual([]);
});
