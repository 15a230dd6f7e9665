import { isUtf8 } from "node:buffer";
import { present } from "../../kernel/present.ts";
import type { RestContract } from "../../model/contract.ts";
import type { MapShape, Shape } from "../../model/shape.ts";
import { DocumentReader, readBlob, readInteger, readTimestamp } from "../document-reader.ts";
import { SerializationException } from "../errors.ts";
import { jsonDocument } from "../json-body.ts";
import { headerOf, type WireRequest } from "../protocol.ts";
import { dateItems, headerItems } from "./header-text.ts";
import { labelTexts, pathTemplate } from "./path-template.ts";
import { type Placement, placementOf } from "./placement.ts";
import { queryParameters, unescapedText } from "./query-string.ts";
import { readScalar } from "./scalars.ts";

type Members = Record<string, unknown>;

/** AWS: Lambda says of maps that their values must not be null. */
const documents = new DocumentReader(
  { integer: readInteger, blob: readBlob, timestamp: readTimestamp },
  { keepsNullEntries: true },
);

/** The input as the request's path, query string, headers and body have it. Throws SerializationException. */
export function restInput({ input, http }: RestContract, request: WireRequest): unknown {
  const placement = placementOf(input);
  const members: Members = readBody(placement, request.body);
  readLabels(members, { placement, path: request.path, template: http.path });
  readQuery(members, placement, request.query);
  readHeaders(members, placement, request);
  return members;
}

function readLabels(
  members: Members,
  { placement, path, template }: { readonly placement: Placement; readonly path: string; readonly template: string },
): void {
  const labels = placement.in("label");
  if (labels.length === 0) return;
  const texts = labelTexts(pathTemplate(template), path);
  for (const { name, wireName, shape } of labels) {
    const text = texts.get(wireName);
    if (text !== undefined) members[name] = readScalar(shape, unescapedText(text), "iso8601");
  }
}

function readQuery(members: Members, placement: Placement, query: string): void {
  if (query === "") return;
  const parameters = queryParameters(query);
  for (const { name, wireName, shape } of placement.in("query")) {
    const texts = parameters.get(wireName);
    if (texts !== undefined) members[name] = queryValue(shape, texts);
  }
  for (const { name, shape } of placement.in("queryMap")) {
    const entries: Members = Object.create(null);
    for (const [key, texts] of parameters) entries[key] = queryValue((shape as MapShape).value, texts);
    members[name] = entries;
  }
}

/** A list has all that was given under the name; anything else, the first. */
function queryValue(shape: Shape, texts: readonly string[]): unknown {
  if (shape.kind === "list") return texts.map((text) => readScalar(shape.item, text, "iso8601"));
  return readScalar(shape, present(texts[0], "the text of a value"), "iso8601");
}

function readHeaders(members: Members, placement: Placement, request: WireRequest): void {
  for (const { name, wireName, shape } of placement.in("header")) {
    const text = headerOf(request, wireName.toLowerCase());
    if (text !== undefined) members[name] = headerValue(shape, text);
  }
  for (const { name, wireName } of placement.in("prefixHeaders")) {
    const entries = headersUnder(wireName.toLowerCase(), request);
    if (Object.keys(entries).length > 0) members[name] = entries;
  }
}

function headersUnder(prefix: string, request: WireRequest): Members {
  const entries: Members = Object.create(null);
  for (const header of Object.keys(request.headers)) {
    const text = header.startsWith(prefix) ? headerOf(request, header) : undefined;
    if (text !== undefined) entries[header.slice(prefix.length)] = text;
  }
  return entries;
}

function headerValue(shape: Shape, text: string): unknown {
  if (shape.kind !== "list") return readScalar(shape, text, "httpDate");
  const { item } = shape;
  const texts = item.kind === "timestamp" ? dateItems(text) : headerItems(text);
  return texts.map((each) => readScalar(item, each, "httpDate"));
}

/** What the body holds. Of an operation that has nothing there, it is not looked at. */
function readBody({ payload, body: shape, hasBodyMembers }: Placement, body: Buffer): Members {
  if (body.length === 0) return {};
  if (payload !== undefined) return { [payload.name]: payloadValue(payload.shape, body) };
  return hasBodyMembers ? (documents.read(shape, jsonDocument(shape, body)) as Members) : {};
}

/** Bytes are those of the request, which are there until the handler returns. */
function payloadValue(shape: Shape, body: Buffer): unknown {
  if (shape.kind === "structure") return documents.read(shape, jsonDocument(shape, body));
  if (shape.kind !== "string") return new Uint8Array(body.buffer, body.byteOffset, body.length);
  if (!isUtf8(body)) throw new SerializationException("");
  return body.toString("utf8");
}
