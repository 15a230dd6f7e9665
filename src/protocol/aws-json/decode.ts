import { isUtf8 } from "node:buffer";
import { JsonCursor } from "../../kernel/json-cursor.ts";
import { hasMoreValues } from "../../kernel/json-value-count.ts";
import type { StructureShape } from "../../model/shape.ts";
import { DocumentReader } from "../document-reader.ts";
import { readInteger } from "../document-scalars.ts";
import { SerializationException } from "../errors.ts";
import { MOST_VALUES, prunedDocument } from "../pruned-document.ts";
import { BlobBlock } from "./blob-block.ts";
import { PlainReader } from "./plain-reader.ts";
import { readBlob, readSpelledInteger, readTimestamp } from "./scalars.ts";

/** A value and what separates it from the next are two bytes at the least. */
const FEW_BYTES = 2 * MOST_VALUES;

/** What the versions of the format differ in. */
export interface JsonDialect {
  /** Whether a string of digits passes for an integer. */
  readonly takesDigitStrings: boolean;
  /** Whether no body at all passes for an empty object. */
  readonly takesEmptyBody: boolean;
  /** Whether blobs are there only until the next document is read; otherwise they can be kept. */
  readonly hasPassingBlobs: boolean;
}

/** Reads JSON bodies by shape. */
export class JsonReader {
  readonly #takesEmptyBody: boolean;
  readonly #blobs: BlobBlock | undefined;
  readonly #plain: PlainReader | undefined;
  readonly #documents: DocumentReader;

  constructor({ takesDigitStrings, takesEmptyBody, hasPassingBlobs }: JsonDialect) {
    this.#takesEmptyBody = takesEmptyBody;
    const blobs = hasPassingBlobs ? new BlobBlock() : undefined;
    const integer = takesDigitStrings ? readSpelledInteger : readInteger;
    const blob = blobs === undefined ? readBlob : (value: unknown) => blobs.read(value);
    this.#blobs = blobs;
    this.#plain = blobs && new PlainReader(blobs);
    this.#documents = new DocumentReader({ integer, blob, timestamp: readTimestamp });
  }

  /** The value of the shape that the bytes hold. Throws SerializationException. */
  read(shape: StructureShape, body: Buffer): unknown {
    this.#blobs?.begin(body.length);
    const value = this.#plain?.read(shape, body);
    if (value !== undefined) return value;
    this.#blobs?.begin(body.length);
    return this.#documents.read(shape, this.#parse(shape, body));
  }

  /** AWS: a body that is no JSON object at all is refused without a text. */
  #parse(shape: StructureShape, body: Buffer): object {
    if (body.length === 0 && this.#takesEmptyBody) return {};
    if (!isUtf8(body)) throw new SerializationException("");
    if (body.length > FEW_BYTES && hasMoreValues(body, MOST_VALUES)) return pruned(shape, body);
    const value = parsed(body.toString("utf8"));
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new SerializationException("");
    return value;
  }
}

/** What JSON.parse would make of the body, as far as it can matter to the shape. */
function pruned(shape: StructureShape, body: Buffer): object {
  const cursor = new JsonCursor(body, () => new SerializationException(""));
  if (cursor.kind() !== "map") throw new SerializationException("");
  const document = prunedDocument(shape, cursor);
  cursor.end();
  return document;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
