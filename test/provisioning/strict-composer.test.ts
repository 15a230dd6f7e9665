import { expect, test } from "vitest";
import * as yaml from "yaml";
import { strictComposer } from "../../src/provisioning/document/strict-composer.ts";

const MANY = 40_000;

test("the first thing that is wrong ends it, however many there are", () => {
  const text = `a: ${"!Sub ".repeat(MANY)}x`;
  let looks = 0;
  const tokens = [...new yaml.Parser().parse(text)];
  const [document] = tokens;
  if (document?.type !== "document" || document.value?.type !== "block-map") throw new Error("no document");
  const marks = document.value.items[0]?.sep ?? [];
  expect(marks.length).toBeGreaterThan(MANY);
  marks[Symbol.iterator] = function* () {
    for (let index = 0; index < marks.length; index++) {
      looks++;
      yield marks[index] as (typeof marks)[number];
    }
  } as (typeof marks)[typeof Symbol.iterator];
  const said: unknown[] = [];
  const composer = strictComposer(yaml, {}, (message, offset) => {
    said.push([message, offset]);
    return new Error("the first");
  });
  expect(() => [...composer.compose(tokens, true, text.length)]).toThrow("the first");
  expect(said).toEqual([["A node can have at most one tag", "a: !Sub ".length]]);
  expect(looks).toBeLessThan(10);
});
