import { isOverfullJson } from "./json-value-count.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** AWS: its parser, Jackson, goes no deeper. Nor could JavaScript write much deeper values out again. */
const MAX_DEPTH = 1000;

/** The JSON object a text holds, or undefined when it holds anything else, or more values than anyone needs. */
export function parseJsonObject(text: string | undefined): JsonObject | undefined {
  if (text === undefined || isOverfullJson(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && !isDeeper(value, MAX_DEPTH) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether objects and lists are inside each other on more levels than that. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

/** Whether two texts hold the same JSON, whatever its white space and the order of its members. */
export function isSameJson(a: string, b: string): boolean {
  return a === b || (a !== "" && b !== "" && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
}

function sorted(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    isJsonObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}
