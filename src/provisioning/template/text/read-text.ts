import { formatError } from "../template-error.ts";
import type { Value } from "../value.ts";
import { readJsonText } from "./json-text.ts";
import type { Pause } from "./limits.ts";
import { readYamlText } from "./yaml-text.ts";

/** AWS: a template by URL; what stands in a request has 51,200 at most. */
const MAX_BYTES = 1024 * 1024;

/** What a template's text holds, and in which format. */
export interface TemplateText {
  readonly format: "JSON" | "YAML";
  readonly value: Value;
}

/** Reads the text of a template. AWS: what begins with a brace is JSON. Throws TemplateError. */
export async function readTemplateText(text: string, pause: Pause): Promise<TemplateText> {
  if (Buffer.byteLength(text) > MAX_BYTES) throw formatError(`Template may not exceed ${MAX_BYTES} bytes in size.`);
  if (text.trimStart().startsWith("{")) return { format: "JSON", value: readJsonText(text) };
  return { format: "YAML", value: await readYamlText(text, pause) };
}
