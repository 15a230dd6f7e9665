import { join } from "node:path";
import { checkSync } from "recheck";
import { describe, expect, test } from "vitest";
import { expressionsBelow, expressionsIn } from "./support/regular-expressions.ts";

/*
 * A regular expression that meets a request must not take more time than the text is long: all that stand in the source
 * are proved linear.
 */

process.env.RECHECK_SYNC_BACKEND = "pure";

/** Places that make an expression of what they are given, and why that is linear. */
const MADE_OF_ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ["service/constraint-wording.ts", "the calls are found by themselves"],
  [
    "kernel/http/head-layout.ts",
    "of names of letters, digits and hyphens, with line ends between values that have none",
  ],
]);

/** What is not linear, and why no request can make use of it. */
const NO_REQUESTS: ReadonlyMap<string, string> = new Map([
  ["[\\s,]+(?=arn:)", "splits a setting"],
  ["\\/+$", "takes the end off a setting"],
  ["^(.*?[^/.][^/.]*)\\.[^/]*$", "takes the handler of a function apart that the start declares"],
  ["[^a-z]+([a-z])", "makes names of our own routes"],
  ["<[^>]+>|\\[[^\\]]+\\]", "takes our own table of commands apart"],
  ["^[^a-zA-Z]+|-+$", "makes names of files' names"],
]);

/** What is not proved is attacked, and an attack that takes too long counts as one that hit: steps are counted alone, since a busy machine takes long. */
const UNTIMED = { timeout: null, attackTimeout: null, incubationTimeout: null, seedingTimeout: null };

const CLASS_OR_ESCAPE = /\[(?:[^\]\\]|\\.)*\]|\\[pP]\{[^}]*\}|\\./gs;
const UNBOUNDED = /[*+]\??|\{\d+,\}\??/g;

/**
 * Whether it needs no checker: nothing in it repeats without a bound, or a single thing that is in no other repetition
 * and can begin only at one place.
 */
function isPlain(source: string, flags: string): boolean {
  const outline = source.replace(CLASS_OR_ESCAPE, "x");
  const unbounded = outline.match(UNBOUNDED) ?? [];
  const isPinned = flags.includes("y") || (outline.startsWith("^") && !outline.includes("|"));
  return unbounded.length === 0 || (unbounded.length === 1 && isPinned && !/\)[*+?{]/.test(outline));
}

function verdictOn(source: string, flags: string): string {
  if (isPlain(source, flags) || NO_REQUESTS.has(source)) return "safe";
  const diagnosis = checkSync(source, flags, UNTIMED);
  return diagnosis.status === "vulnerable" ? `vulnerable: ${diagnosis.complexity.summary}` : diagnosis.status;
}

const found = expressionsBelow(join(import.meta.dirname, "../src"));
const known = found.flatMap((expression) => (expression.source === undefined ? [] : [expression]));
const distinct = [...new Map(known.map((expression) => [`/${expression.source}/${expression.flags}`, expression]))];

test("expressions are found as literals, in shapes and in constructors", () => {
  const text = `
    const PART = "(a+)+";
    export const shape = string({ pattern: pattern(\`x\${PART}\`) });
    export const [literal, made] = [/b+$/u, new RegExp("c", "g")];
    export const unknown = (text: string) => new RegExp(text);
  `;
  expect(expressionsIn("a.ts", text)).toEqual([
    { file: "a.ts", source: "^(?:x(a+)+)$", flags: "" },
    { file: "a.ts", source: "b+$", flags: "u" },
    { file: "a.ts", source: "c", flags: "g" },
    { file: "a.ts", source: undefined },
  ]);
  expect(known.length).toBeGreaterThan(80);
});

test("no other place makes expressions of what is not known beforehand", () => {
  const made = found.filter(({ source }) => source === undefined);
  expect(new Set(made.map(({ file }) => file))).toEqual(new Set(MADE_OF_ARGUMENTS.keys()));
});

test.for(["(a+)+$", "a+$", "^a.*b.*c$", "^(?:arn:aws.*:kinesis:.*:stream)$", "\\.+$", "(?:a|a)*b"])(
  "%s would be found out",
  (source) => {
    expect(verdictOn(source, "")).toMatch(/^vulnerable/);
  },
);

describe("linear", () => {
  test.for(distinct)("%s", ([, { source, flags }]) => {
    expect(verdictOn(source, flags)).toBe("safe");
  });
});
