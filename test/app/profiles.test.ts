import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { profiles } from "../../src/app/profiles.ts";

/** Rule, value in `relaxed`, value in `aws`. */
const ROW = /^\| `(\w+)` \| (\d+) \| (\d+) \|/gm;

test("the documented table is the one the code reads", () => {
  const page = readFileSync(new URL("../../docs/profiles.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(ROW)];
  expect(Object.fromEntries(rows.map(([, rule, relaxed]) => [rule, Number(relaxed)]))).toEqual(profiles.relaxed);
  expect(Object.fromEntries(rows.map(([, rule, , aws]) => [rule, Number(aws)]))).toEqual(profiles.aws);
});
