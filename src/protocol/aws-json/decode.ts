import { isUtf8 } from "node:buffer";
import type { StructureShape } from "../../model/shape.ts";
import { DocumentReader } from "../document-reader.ts";
import { readInteger } from "../document-scalars.ts";
import { SerializationException } from "../errors.ts";
import { BlobBlock } from "./blob-block.ts";
import { PlainReader } from "./plain-reader.ts";
import { readBlob, readSpelledInteger, readTimestamp } from "./scalars.ts";

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
    return this.#documents.read(shape, this.#parse(body));
  }

  /** AWS: a body that is no JSON object at all is refused without a text. */
  #parse(body: Buffer): object {
    if (body.length === 0 && this.#takesEmptyBody) return {};
    const value = isUtf8(body) ? parsed(body.toString("utf8")) : undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new SerializationException("");
    return value;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
