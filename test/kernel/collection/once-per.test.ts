import { expect, test } from "vitest";
import { oncePer } from "../../../src/kernel/collection/once-per.ts";

test("what is made of an object is made once, and of another one anew", () => {
  const made: object[] = [];
  const copyOf = oncePer((one: { readonly name: string }) => {
    made.push(one);
    return { ...one };
  });
  const [one, same] = [{ name: "a" }, { name: "a" }];
  expect(copyOf(one)).toEqual({ name: "a" });
  expect(copyOf(one)).toBe(copyOf(one));
  expect(copyOf(same)).not.toBe(copyOf(one));
  expect(made).toEqual([one, same]);
});
