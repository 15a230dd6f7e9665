import type { AwsError } from "../../kernel/aws-error.ts";
import { bucketInHost } from "../../kernel/bucket-host.ts";
import type { RestContract, ServiceModel } from "../../model/contract.ts";
import { headerOf, type Protocol, type WireRequest, type WireResponse } from "../protocol.ts";
import { restInput } from "./decode.ts";
import { EMPTY, restAnswer } from "./encode.ts";

/**
 * AWS's restXml, as S3 speaks it. Members stand where REST-JSON has them; bodies are payloads, which S3's handlers read and write
 * themselves, since hardly one of them is alike. An answer without a payload is empty: clients take any body for XML.
 */
export const restXml: Protocol<RestContract> = {
  name: "restXml",
  pathOf: pathWithBucket,
  decode(contract, request) {
    const { method, query, headers, body } = request;
    return restInput(contract, { method, query, headers, body, path: pathWithBucket(request) });
  },
  encode: (_service, contract, output, requestId) =>
    withRequestId(
      restAnswer(contract, output, requestId, () => EMPTY),
      requestId,
    ),
  encodeError: restXmlError,
};

/** The path, with the bucket in front that stands in the host. */
function pathWithBucket(request: WireRequest): string {
  const bucket = bucketInHost(headerOf(request, "host") ?? "");
  return bucket ? `/${bucket}${request.path}` : request.path;
}

const XML_TYPE = "application/xml";

function withRequestId({ status, headers, body }: WireResponse, requestId: string): WireResponse {
  return { status, headers: { ...headers, "x-amz-request-id": requestId }, body };
}

/** An error is a document of its own, without a namespace. */
function restXmlError(_service: ServiceModel, error: AwsError, requestId: string): WireResponse {
  const members = `<Code>${error.queryCode}</Code><Message>${escaped(error.message)}</Message><RequestId>${requestId}</RequestId>`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${members}</Error>`;
  return withRequestId({ status: error.status, headers: { "content-type": XML_TYPE }, body }, requestId);
}

/** What XML cannot hold as it is; most control characters can stand nowhere in it. */
function escaped(text: string): string {
  return text.replace(DELICATE, (character) => REFERENCES[character] ?? "\ufffd");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is there to find.
const DELICATE = /[&<>\0-\x08\x0b-\x1f\ufffe\uffff]/g;
const REFERENCES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };
