import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ProfileRules, profiles } from "../../../src/app/settings/profiles.ts";

/** Rule, value in `relaxed`, value in `aws`. */
const ROW = /^\| `(\w+)` \| (\w+) \| (\w+) \|/gm;

const flat = ({ queues, topics, streams, ...rest }: ProfileRules): Readonly<Record<string, string>> => {
  const rules = { ...queues, ...topics, ...streams, ...rest };
  return Object.fromEntries(Object.entries(rules).map(([rule, value]) => [rule, String(value)]));
};

test("the documented tables are those the code reads", () => {
  const page = readFileSync(new URL("../../../docs/profiles.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(ROW)];
  expect(Object.fromEntries(rows.map(([, rule, relaxed]) => [rule, relaxed]))).toEqual(flat(profiles.relaxed));
  expect(Object.fromEntries(rows.map(([, rule, , aws]) => [rule, aws]))).toEqual(flat(profiles.aws));
});
