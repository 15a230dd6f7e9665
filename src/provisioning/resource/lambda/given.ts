import { isDeepStrictEqual } from "node:util";
import type { Json, JsonMap } from "../../template/value.ts";

/** The members of those names that there are. */
export function given(properties: JsonMap, names: readonly string[]): JsonMap {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = properties[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Whether any member of those names is another than before. */
export function hasChanged(before: JsonMap, after: JsonMap, names: readonly string[]): boolean {
  return !isDeepStrictEqual(given(before, names), given(after, names));
}

/** What is to be set of those names: what there is now, and what stands for what was taken out of the template. */
export function settings(before: JsonMap, after: JsonMap, whenRemoved: JsonMap, names: readonly string[]): JsonMap {
  const removed = Object.keys(given(before, names)).filter((name) => after[name] === undefined);
  return { ...given(whenRemoved, removed), ...given(after, names) };
}
