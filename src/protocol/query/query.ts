import type { ServiceModel } from "../../model/contract.ts";
import type { Protocol, WireResponse } from "../protocol.ts";
import { readForm } from "./decode.ts";
import { xmlOf } from "./encode.ts";
import { errorContent } from "./error.ts";
import { formOf } from "./form.ts";
import { element, xmlDocument } from "./xml.ts";

/** AWS's Query format: a form in the body or in the query string, answered in XML. */
export const awsQuery: Protocol = {
  name: "awsQuery",
  decode: (contract, request) => readForm(contract.input, formOf(request)),
  encode(service, { name, output: shape }, output, requestId) {
    const result = shape === undefined ? "" : element(`${name}Result`, xmlOf(shape, output));
    const metadata = element("ResponseMetadata", element("RequestId", requestId));
    return answer(service, requestId, { status: 200, root: `${name}Response`, content: result + metadata });
  },
  encodeError(service, error, requestId) {
    const content = errorContent(service, error, requestId);
    return answer(service, requestId, { status: error.status, root: "ErrorResponse", content });
  },
};

interface Document {
  readonly status: number;
  readonly root: string;
  readonly content: string;
}

function answer({ xmlNamespace = "" }: ServiceModel, requestId: string, document: Document): WireResponse {
  return {
    status: document.status,
    headers: { "content-type": "text/xml", "x-amzn-RequestId": requestId },
    body: xmlDocument(document.root, xmlNamespace, document.content),
  };
}
