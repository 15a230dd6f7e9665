import { map, type StructureShape, string } from "../../model/shape.ts";
import { DocumentReader, readInteger } from "../document-reader.ts";
import { errorDocument } from "../errors.ts";
import type { Protocol, WireResponse } from "../protocol.ts";
import { cborOf } from "./encode.ts";
import { parseInput } from "./parse.ts";
import { readBlob, readTimestamp } from "./scalars.ts";

/** Media type of the format, requests and answers alike. */
export const CBOR_TYPE = "application/x-amz-cbor-1.1";

const NOTHING = Buffer.alloc(0);

/** An error as a map of texts, which keeps the order it is given in: `__type` first. */
const errorShape = map(string());

/** AWS's CBOR 1.1, as the Java SDKs speak it to Kinesis: JSON 1.1 with blobs as bytes and instants in milliseconds. */
export const awsCbor: Protocol = {
  name: "awsCbor",
  decode: (contract, request) => readCbor(contract.input, request.body),
  encode(_service, contract, output, requestId): WireResponse {
    // AWS: an operation without output answers with nothing at all, not with an empty map.
    const body = contract.output === undefined ? NOTHING : cborOf(contract.output, output);
    return { status: 200, headers: headersFor(requestId), body };
  },
  encodeError(service, error, requestId): WireResponse {
    const body = cborOf(errorShape, errorDocument(service, error));
    return { status: error.status, headers: headersFor(requestId), body };
  },
};

function headersFor(requestId: string): Readonly<Record<string, string>> {
  return { "content-type": CBOR_TYPE, "x-amzn-RequestId": requestId };
}

const documents = new DocumentReader({ integer: readInteger, blob: readBlob, timestamp: readTimestamp });

/** The value of the shape that the bytes hold. Its blobs are there until the next one is read. Throws SerializationException. */
function readCbor(shape: StructureShape, body: Buffer): unknown {
  return documents.read(shape, parseInput(shape, body));
}
