import type { AwsError } from "../../kernel/aws-error.ts";
import type { ServiceModel } from "../../model/contract.ts";
import { headerOf, type Protocol, type WireRequest, type WireResponse } from "../protocol.ts";
import { readForm } from "./decode.ts";
import {
  escaped,
  innerMargin,
  type Margin,
  outerMargin,
  parentElement,
  textElement,
  xmlDocument,
  xmlOf,
} from "./encode.ts";
import { formOf } from "./form.ts";
import { jsonValueOf } from "./json.ts";

/** AWS's Query format: a form in the body or in the query string, answered in XML. */
export const awsQuery: Protocol = {
  name: "awsQuery",
  decode: (contract, request) => readForm(contract.input, formOf(request)),
  encode(service, { name, output: shape }, output, requestId) {
    const margin = outerMargin(service.isXmlIndented === true);
    const inside = innerMargin(margin);
    const result = shape === undefined ? "" : parentElement(`${name}Result`, xmlOf(shape, output, inside), margin);
    const metadata = parentElement("ResponseMetadata", textElement("RequestId", requestId, inside), margin);
    return answer(service, requestId, { status: 200, root: `${name}Response`, elements: result + metadata });
  },
  encodeError(service, error, requestId) {
    const margin = outerMargin(service.isXmlIndented === true);
    const elements = errorElements(service, error, { requestId, margin });
    return answer(service, requestId, { status: error.status, root: "ErrorResponse", elements });
  },
};

/** The same for clients that accept JSON: the same form, answered in JSON. AWS: observed of SQS; names that were not seen follow those that were. */
export const awsQueryInJson: Protocol = {
  name: "awsQuery",
  decode: awsQuery.decode,
  encode({ listsInJson = sameName }, { name, output: shape }, output, requestId) {
    const result = shape && { [`${name}Result`]: jsonValueOf(shape, output, listsInJson) };
    return inJson(requestId, 200, { [`${name}Response`]: { ...result, ResponseMetadata: { RequestId: requestId } } });
  },
  encodeError(_service, { status, fault, queryCode, queryMessage }, requestId) {
    const error = { Code: queryCode, Message: queryMessage, Type: fault };
    return inJson(requestId, status, { Error: error, RequestId: requestId });
  },
};

const JSON_TYPE = "application/json";
const XML_TYPES = ["text/xml", "application/xml"];

/** Whether the request asks for JSON before it asks for XML, if it does at all. */
export function wantsJson(request: WireRequest): boolean {
  const accepted = headerOf(request, "accept")?.toLowerCase().split(",") ?? [];
  return accepted.map(typeOf).find((type) => type === JSON_TYPE || XML_TYPES.includes(type)) === JSON_TYPE;
}

/** A media type without its parameters. */
function typeOf(range: string): string {
  return (range.split(";")[0] ?? "").trim();
}

function sameName(name: string): string {
  return name;
}

function inJson(requestId: string, status: number, document: object): WireResponse {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-RequestId": requestId },
    body: JSON.stringify(document),
  };
}

interface Document {
  readonly status: number;
  readonly root: string;
  readonly elements: string;
}

function answer(service: ServiceModel, requestId: string, { status, root: name, elements }: Document): WireResponse {
  const { xmlNamespace: namespace = "", isXmlIndented = false } = service;
  return {
    status,
    headers: { "content-type": "text/xml", "x-amzn-RequestId": requestId },
    body: xmlDocument({ name, namespace, elements }, isXmlIndented),
  };
}

/** What stands inside an `ErrorResponse`. The request id is beside the error, not in metadata as with results. */
function errorElements(service: ServiceModel, error: AwsError, { requestId, margin }: ErrorPlace): string {
  const inside = innerMargin(margin);
  const parts = [
    textElement("Type", error.fault, inside),
    textElement("Code", escaped(error.queryCode), inside),
    textElement("Message", escaped(error.queryMessage), inside),
    service.hasErrorDetail ? textElement("Detail", "", inside) : "",
  ];
  return parentElement("Error", parts.join(""), margin) + textElement("RequestId", requestId, margin);
}

interface ErrorPlace {
  readonly requestId: string;
  readonly margin: Margin;
}
