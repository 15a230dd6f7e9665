import { readJson } from "../../engine/pattern/json/json-reader.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json-object.ts";
import { isOverfullJson } from "../../kernel/json-value-count.ts";
import type { Refusal } from "./refusal.ts";

/** The JSON object an attribute holds. Refuses any other text, in the words of the parser behind AWS. */
export function attributeObject(name: string, text: string, refusal: Refusal): JsonObject {
  if (isOverfullJson(text)) return refusal.value(`${name}: failed to parse JSON. Too many values`);
  const json = readJson(text);
  if ("fault" in json) return refusal.value(`${name}: failed to parse JSON. ${json.fault}`);
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) ? value : refusal.value(`${name}: invalid JSON. Expected an object`);
}
