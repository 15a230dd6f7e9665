import type { StructureShape } from "../../model/shape.ts";
import { DocumentReader } from "../document-reader.ts";
import { readBlob, readInteger, readSpelledInteger, readTimestamp } from "../document-scalars.ts";
import { jsonDocument } from "../json-document.ts";
import { BlobBlock, PlainReader } from "./plain-reader.ts";

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
    const isEmpty = body.length === 0 && this.#takesEmptyBody;
    return this.#documents.read(shape, isEmpty ? {} : jsonDocument(shape, body));
  }
}
