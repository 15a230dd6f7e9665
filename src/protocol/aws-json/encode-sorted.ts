import type { StructureShape } from "../../model/shape.ts";
import { DocumentWriter } from "../document-writer.ts";
import { jsonNotation } from "./json-notation.ts";
import { JsonSink } from "./json-sink.ts";

/** AWS: the members of an answer stand in alphabetical order, whatever their order in the model. */
const documents = new DocumentWriter(jsonNotation(secondsText), "sorted");

/** The value in JSON, as AWS writes it in version 1.1. */
export function sortedJsonOf(shape: StructureShape, value: unknown): string | Uint8Array {
  return JsonSink.written(documents.encoderOf(shape), value);
}

/** From here on AWS prints a number with an exponent, as Java does: ten million seconds. */
const LEAST_WITH_EXPONENT_MS = 1e10;

/** Records that were put together share their instant. */
let latest = { epochMs: 0, text: "0" };

/** Epoch milliseconds as the number of seconds that AWS prints: `1.679520584772E9`, `1.684013726E9`, `1.5`. */
function secondsText(epochMs: number): string {
  if (latest.epochMs !== epochMs) latest = { epochMs, text: printed(epochMs) };
  return latest.text;
}

function printed(epochMs: number): string {
  if (epochMs < LEAST_WITH_EXPONENT_MS || !Number.isSafeInteger(epochMs)) return String(epochMs / 1000);
  const digits = String(epochMs);
  let end = digits.length;
  while (end > 2 && digits.charCodeAt(end - 1) === 0x30) end--;
  return `${digits.charAt(0)}.${digits.slice(1, end)}E${digits.length - 4}`;
}
