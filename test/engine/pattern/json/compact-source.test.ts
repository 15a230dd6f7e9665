import { expect, test } from "vitest";
import { compactSource, MAX_SHOWN, type SourceNode } from "../../../../src/engine/pattern/json/compact-source.ts";
import { readJson } from "../../../../src/engine/pattern/json/json-reader.ts";

function sourceOf(text: string) {
  const json = readJson(text);
  if ("fault" in json) throw new Error(json.fault);
  return compactSource(json.tree);
}

test("of a large text the length is known, and what may be shown is put together", () => {
  const text = JSON.stringify({ $or: Array.from({ length: 20_000 }, () => ({ a: ["x"] })) });
  const { beginning, length } = sourceOf(text);
  expect(length).toBe(text.length);
  expect(text.startsWith(beginning)).toBe(true);
  expect(beginning.length).toBeGreaterThanOrEqual(MAX_SHOWN);
  expect(beginning.length).toBeLessThan(MAX_SHOWN + 10);
});

test("every value has its columns in the text without white space, with what JSON escapes", () => {
  const { root, beginning } = sourceOf('{ "a\\n" : [ 1 , "\\u0001" ,\ttrue , { } ] }');
  expect(beginning).toBe(String.raw`{"a\n":[1,"\u0001",true,{}]}`);
  const columns = (node: SourceNode): unknown => {
    const inner = node.kind === "array" ? node.items : node.kind === "object" ? node.members.map((m) => m.value) : [];
    return [node.column, node.endColumn, ...inner.map(columns)];
  };
  expect(columns(root)).toEqual([2, 29, [9, 28, [10, 10], [12, 19], [24, 24], [26, 27]]]);
});
