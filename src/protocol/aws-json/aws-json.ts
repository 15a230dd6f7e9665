import type { AwsError } from "../../kernel/aws-error.ts";
import type { ServiceModel } from "../../model/contract.ts";
import type { StructureShape } from "../../model/shape.ts";
import { DocumentReader, readBlob, readInteger, readSpelledInteger, readTimestamp } from "../document-reader.ts";
import { errorDocument } from "../errors.ts";
import { jsonDocument, jsonOf } from "../json-body.ts";
import type { Protocol, WireResponse } from "../protocol.ts";
import { declaredJsonOf } from "./encode-declared.ts";
import { sortedJsonOf } from "./encode-sorted.ts";
import { LONG_STRING } from "./json-sink.ts";
import { BlobBlock, PlainReader } from "./plain-reader.ts";

/** What the versions of the format differ in. */
interface JsonDialect {
  /** Whether a string of digits passes for an integer. */
  readonly takesDigitStrings: boolean;
  /** Whether no body at all passes for an empty object. */
  readonly takesEmptyBody: boolean;
  /** Whether blobs are there only until the next document is read; otherwise they can be kept. */
  readonly hasPassingBlobs: boolean;
  /** From how many bytes on a document is read from them where it is plain. */
  readonly plainFrom: number;
}

/** Below this, JSON.parse is quicker than anything of ours for what is nothing but texts. */
const LONG_BODY = 4096;

/** Reads JSON bodies by shape. */
export class JsonReader {
  readonly #takesEmptyBody: boolean;
  readonly #plainFrom: number;
  readonly #blobs: BlobBlock | undefined;
  readonly #plain: PlainReader;
  readonly #documents: DocumentReader;

  constructor({ takesDigitStrings, takesEmptyBody, hasPassingBlobs, plainFrom }: JsonDialect) {
    this.#takesEmptyBody = takesEmptyBody;
    this.#plainFrom = plainFrom;
    const blobs = hasPassingBlobs ? new BlobBlock() : undefined;
    const integer = takesDigitStrings ? readSpelledInteger : readInteger;
    const blob = blobs === undefined ? readBlob : (value: unknown) => blobs.read(value);
    this.#blobs = blobs;
    this.#plain = new PlainReader(blobs ?? { read: readBlob, check: readBlob });
    this.#documents = new DocumentReader({ integer, blob, timestamp: readTimestamp });
  }

  /** The value of the shape that the bytes hold. Throws SerializationException. */
  read(shape: StructureShape, body: Buffer): unknown {
    this.#blobs?.begin(body.length);
    const value = body.length < this.#plainFrom ? undefined : this.#plain.read(shape, body);
    if (value !== undefined) return value;
    this.#blobs?.begin(body.length);
    const isEmpty = body.length === 0 && this.#takesEmptyBody;
    return this.#documents.read(shape, isEmpty ? {} : jsonDocument(shape, body));
  }
}

/** AWS's JSON 1.0, as SQS speaks it. GAP: AWS is reported to refuse integers in strings; clients err that way. */
export const awsJson1_0 = awsJson(
  "awsJson1_0",
  {
    takesDigitStrings: true,
    takesEmptyBody: true,
    hasPassingBlobs: false,
    plainFrom: LONG_BODY,
  },
  (shape, value) => (hasLongText(value) ? declaredJsonOf(shape, value) : jsonOf(shape, value)),
);

/** AWS's JSON 1.1, as Kinesis speaks it. */
export const awsJson1_1 = awsJson(
  "awsJson1_1",
  {
    takesDigitStrings: false,
    takesEmptyBody: false,
    hasPassingBlobs: true,
    plainFrom: 0,
  },
  sortedJsonOf,
);

/** Whether there is a text in the value that is better not put together with others. */
function hasLongText(value: unknown): boolean {
  if (typeof value === "string") return value.length >= LONG_STRING;
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return false;
  if (Array.isArray(value)) return value.some(hasLongText);
  const members = value as Readonly<Record<string, unknown>>;
  for (const name in members) if (hasLongText(members[name])) return true;
  return false;
}

function awsJson(name: "awsJson1_0" | "awsJson1_1", dialect: JsonDialect, encode: typeof sortedJsonOf): Protocol {
  const contentType = name === "awsJson1_0" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
  const reader = new JsonReader(dialect);
  const headersFor = (requestId: string) => ({ "content-type": contentType, "x-amzn-RequestId": requestId });
  return {
    name,
    decode: (contract, request) => reader.read(contract.input, request.body),
    encode(_service, contract, output, requestId): WireResponse {
      // AWS: an operation without output answers with nothing at all, not with an empty object.
      const body = contract.output === undefined ? "" : encode(contract.output, output);
      return { status: 200, headers: headersFor(requestId), body };
    },
    encodeError(service, error, requestId): WireResponse {
      const headers: Record<string, string> = headersFor(requestId);
      if (service.protocols.includes("awsQuery")) headers["x-amzn-query-error"] = queryErrorOf(error);
      return { status: error.status, headers, body: errorBody(service, error) };
    },
  };
}

/** The body of an error: `{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"…"}`. */
function errorBody(service: ServiceModel, error: AwsError): string {
  return JSON.stringify(errorDocument(service, error));
}

/** What clients of the older format are to take the error for: `AWS.SimpleQueueService.NonExistentQueue;Sender`. */
function queryErrorOf(error: AwsError): string {
  return `${error.queryCode};${error.fault}`;
}
