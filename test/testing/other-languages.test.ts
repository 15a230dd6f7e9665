import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { controlRoutes } from "../../src/app/modules/module-routes.ts";
import { CONTROL_PREFIX } from "../../src/kernel/own-traffic.ts";

/** What tests in other languages have no use for: events as they happen, what stacks are answered, and the description of it all. */
const LEFT_OUT = ["events", "stack-callbacks/:id", "openapi.json"];

function sourceIn(folder: string, ending: string): string {
  const root = fileURLToPath(new URL(`../../clients/${folder}`, import.meta.url));
  const names = readdirSync(root).filter((name) => name.endsWith(ending));
  return names.map((name) => readFileSync(join(root, name), "utf8")).join("\n");
}

const clients = [
  { language: "Python", source: sourceIn("python/src/waystation_testing", ".py") },
  { language: "Java", source: sourceIn("java/src/main/java/waystation/testing", ".java") },
];
const paths = [...new Set(controlRoutes.map(({ path }) => path.slice(CONTROL_PREFIX.length)))];

describe.for(clients)("the client for $language", ({ source }) => {
  test.for(paths.filter((path) => !LEFT_OUT.includes(path)))("asks %s", (path) => {
    const verb = path.split("/").at(-1) ?? "";
    // Verbs of the clock may be put behind its name.
    const isAsked = source.includes(`"${path}"`) || (path === `clock/${verb}` && source.includes(`_post("${verb}"`));
    expect(isAsked).toBe(true);
  });
});
