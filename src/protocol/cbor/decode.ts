import type { StructureShape } from "../../model/shape.ts";
import { DocumentReader } from "../document-reader.ts";
import { readInteger } from "../document-scalars.ts";
import { parseInput } from "./parse.ts";
import { readBlob, readTimestamp } from "./scalars.ts";

const documents = new DocumentReader({ integer: readInteger, blob: readBlob, timestamp: readTimestamp });

/** The value of the shape that the bytes hold. Its blobs are there until the next one is read. Throws SerializationException. */
export function readCbor(shape: StructureShape, body: Buffer): unknown {
  return documents.read(shape, parseInput(shape, body));
}
