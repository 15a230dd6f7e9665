import { describe, expect, test } from "vitest";
import { RecurringMap } from "../../../src/kernel/collection/recurring-map.ts";

function aMap(...keys: readonly string[]): RecurringMap<string, number> {
  const map = new RecurringMap<string, number>();
  for (const [index, key] of keys.entries()) map.set(key, index);
  return map;
}

describe("a map of recurring keys", () => {
  test("holds what was set last", () => {
    const map = aMap("a", "b");
    map.set("a", 7);
    expect([map.get("a"), map.get("b"), map.get("c")]).toEqual([7, 1, undefined]);
  });

  test("holds nothing for a removed key, until it is set again", () => {
    const map = aMap("a");
    map.delete("a");
    expect(map.get("a")).toBeUndefined();
    map.set("a", 2);
    expect(map.get("a")).toBe(2);
  });

  test.for([999, 1000, 1001, 2500])("is right about every key when %i others were removed since", (count) => {
    const others = Array.from({ length: count }, (_, index) => `key-${index}`);
    const map = aMap("gone", "back", "kept", ...others);
    map.delete("gone");
    map.delete("back");
    map.set("back", -1);
    for (const key of others) map.delete(key);
    expect(["gone", "back", "kept"].map((key) => map.get(key))).toEqual([undefined, -1, 2]);
    expect(others.filter((key) => map.get(key) !== undefined)).toEqual([]);
    map.delete("back");
    expect(map.get("back")).toBeUndefined();
  });

  test("does not mind that an unknown key is removed", () => {
    const map = aMap("a");
    map.delete("b");
    expect([map.get("a"), map.get("b")]).toEqual([0, undefined]);
  });
});
