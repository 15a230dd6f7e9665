import type { StructureShape } from "../../model/shape.ts";
import { DocumentWriter } from "../document-writer.ts";
import { jsonNotation } from "./json-notation.ts";
import { JsonSink } from "./json-sink.ts";

const documents = new DocumentWriter(
  jsonNotation((epochMs) => String(epochMs / 1000)),
  "declared",
);

/** The value in JSON, as AWS writes it in version 1.0: the members of an answer in the order of the model. */
export function declaredJsonOf(shape: StructureShape, value: unknown): string | Uint8Array {
  return JsonSink.written(documents.encoderOf(shape), value);
}
