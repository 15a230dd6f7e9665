import { describe, expect, test } from "vitest";
import {
  inDocument,
  LONGEST_DOCUMENT,
  readDocument,
  readDocumentInTurns,
} from "../../src/provisioning/document/document.ts";

const read = (text: string) => readDocument("a.yaml", text).root.value;

test("YAML and JSON say the same", () => {
  const expected = { queues: { jobs: { VisibilityTimeout: 30, Tags: { a: "b" } }, none: null } };
  expect(read("queues:\n  jobs:\n    VisibilityTimeout: 30\n    Tags: {a: b}\n  none:\n")).toEqual(expected);
  expect(read(JSON.stringify(expected, null, 2))).toEqual(expected);
});

test.for([
  ["a: 000000000000", { a: "000000000000" }],
  ["000000000012: b", { "000000000012": "b" }],
  ["a: 1.10", { a: "1.10" }],
  ["a: off", { a: "off" }],
  ["a: true", { a: true }],
  ["a: ~", { a: null }],
  ["a: &x {b: 1}\nc: *x", { a: { b: 1 }, c: { b: 1 } }],
  ["a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}", { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
  ["a: !!str 1\nb: !!int \"2\"\nc: '3'", { a: "1", b: 2, c: "3" }],
  [
    "a: {\n  b: 1.10\n}\nc: [\n  &x !!int 1, *x, '2', {<<: {d: ~}}\n]",
    { a: { b: "1.10" }, c: [1, 1, "2", { d: null }] },
  ],
  ["", null],
] as const)("%j is read as it was meant", ([text, value]) => {
  expect(read(text)).toEqual(value);
});

test("a name like that of every object's prototype is one like any other", () => {
  const value = read("__proto__: {a: 1}") as object;
  expect(Object.keys(value)).toEqual(["__proto__"]);
  expect(({} as { a?: number }).a).toBe(undefined);
});

test.for([
  ["a: [1", /^a\.yaml:1:\d+: /],
  ["a: 1\nb: {c: 2\nd: 3", /^a\.yaml:\d:\d+: /],
  ["a: 1\nb: 2\na: 3", /^a\.yaml:3:1: a is there twice$/],
  ["? [a]\n: 1", /^a\.yaml:1:3: a name must be a text$/],
  ["a: &x\n  b: *x", /^a\.yaml:2:3: an alias stands for something it is in$/],
  ["a: *x", /^a\.yaml:1:4: an alias stands for nothing before it$/],
  ["a: 1\n---\nb: 2", /^a\.yaml:3:1: there is more than one document$/],
  ["a: 1\n%x: 2\n", /^a\.yaml:2:1: /],
  ['{"a": 1,}x', /^a\.yaml:1:\d+: /],
  ["[".repeat(5000), /^a\.yaml:1:\d+: it is nested too deeply$/],
  [" ".repeat(LONGEST_DOCUMENT + 1), /^a\.yaml: there can be 1048576 characters/],
] as const)("what is none is refused with its place", ([text, message]) => {
  expect(() => read(text)).toThrow(message);
});

test("a few aliases do not make many values", () => {
  const lines = ["a0: &a0 [1,1,1,1,1,1,1,1,1,1]"];
  for (let level = 1; level < 9; level++) lines.push(`a${level}: &a${level} [${`*a${level - 1},`.repeat(10)}]`);
  expect(() => read(lines.join("\n"))).toThrow("there are more than 100000 values");
});

test("aliases do not nest deeper than brackets may", () => {
  const lines = ["a0: &a0 []"];
  for (let level = 1; level < 4000; level++) lines.push(`a${level}: &a${level} [*a${level - 1}]`);
  expect(() => read(lines.join("\n"))).toThrow("it is nested too deeply");
});

describe("what is wrong in a document is told with file, line and column", () => {
  const yaml = "queues:\n  jobs:\n    Tags: [a]\n";
  const json = JSON.stringify({ queues: { jobs: { Tags: ["a"] } } }, null, 2);
  test.for([
    ["a.yaml", yaml, "a.yaml:3:5"],
    ["a.json", json, "a.json:4:7"],
  ] as const)("%s", ([name, text, place]) => {
    const document = readDocument(name, text);
    const tags = () => document.root.member("queues").member("jobs").member("Tags").texts();
    expect(() => inDocument(document, tags)).toThrow(`${place}: Tags must have members`);
    const stranger = () => document.root.member("queues").member("jobs").only(["Tag"]);
    expect(() => inDocument(document, stranger)).toThrow(`${place}: there is no Tags here; did you mean Tag?`);
  });

  test.for([
    ['queues: [1, "x"]', ["queues", 1], "a.yaml:1:13"],
    ["queues:\n- 'x'\n-\n- &a !t {}", ["queues", 2], "a.yaml:4:9"],
    ["queues:\n  - ? a\n    : b", ["queues", 0, "a"], "a.yaml:2:7"],
    ["a: {\n  b: &x {c: 1}\n}\nd: [*x]", ["d", 0, "c"], "a.yaml:2:10"],
    ["a: &x\n  b: 1\nc: *x", ["c", "b"], "a.yaml:2:3"],
  ] as const)("%j", ([text, path, place]) => {
    expect(readDocument("a.yaml", text).placeOf(path)).toBe(place);
  });

  test("of a value that is missing, the place of what it is missing in", () => {
    const document = readDocument("a.yaml", yaml);
    const missing = () => document.root.member("queues").member("jobs").member("Name").text();
    expect(() => inDocument(document, missing)).toThrow("a.yaml:2:3: Name must be a text");
  });
});

test("others have their turn while YAML is read, between what makes events, nodes and values", async () => {
  let turns = 0;
  const pause = async (): Promise<void> => {
    turns++;
  };
  const text = `queues:\n${"- {a: b}\n".repeat(7200)}`;
  const document = await readDocumentInTurns("a.yaml", text, pause);
  expect([turns, document.root.member("queues").items().length]).toEqual([3, 7200]);
  expect(document.placeOf(["queues", 7199])).toBe("a.yaml:7201:3");
  await expect(readDocumentInTurns("a.yaml", "a: [", pause)).rejects.toThrow("a.yaml:1:");
  turns = 0;
  await readDocumentInTurns("a.json", '{"queues": []}', pause);
  expect(turns).toBe(0);
});

test("a member called __proto__ is one like others", () => {
  const value = read("a: 1\n__proto__: {b: 2}\n") as object;
  expect(Object.entries(value)).toEqual([
    ["a", 1],
    ["__proto__", { b: 2 }],
  ]);
  expect("b" in value).toBe(false);
});
