import { isList, isMap, mapOf, type Value, type ValueMap } from "../value.ts";

/** What a transform makes of an object of a template, after its members; undefined where it has nothing to say. */
type Rewrite = (map: ValueMap) => Value | undefined;

/** A value in which every object was rewritten, the innermost first. */
export function rewritten(value: Value, rewrite: Rewrite): Value {
  if (isList(value)) return value.map((item) => rewritten(item, rewrite));
  if (!isMap(value)) return value;
  const map = mapOf(Object.entries(value).map(([key, part]) => [key, rewritten(part, rewrite)] as const));
  return rewrite(map) ?? map;
}

/** The same with a rewrite that waits for something. */
export async function rewrittenLater(
  value: Value,
  rewrite: (map: ValueMap) => Promise<Value | undefined>,
): Promise<Value> {
  if (isList(value)) {
    const items: Value[] = [];
    for (const item of value) items.push(await rewrittenLater(item, rewrite));
    return items;
  }
  if (!isMap(value)) return value;
  const entries: (readonly [string, Value])[] = [];
  for (const [key, part] of Object.entries(value)) entries.push([key, await rewrittenLater(part, rewrite)]);
  const map = mapOf(entries);
  return (await rewrite(map)) ?? map;
}
