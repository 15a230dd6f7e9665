import type { RestContract } from "../../model/contract.ts";
import type { Shape, StructureShape } from "../../model/shape.ts";
import { jsonOf } from "../json-body.ts";
import type { WireResponse } from "../protocol.ts";
import { headerItem, headerText } from "./header-text.ts";
import { type PlacedMember, type Placement, placementOf } from "./placement.ts";
import { scalarText } from "./scalars.ts";

/** What nearly every body is. */
export const JSON_TYPE = "application/json";
/** What a payload is unless its shape says. */
export const BYTES_TYPE = "application/octet-stream";
const TEXT_TYPE = "text/plain";

type Members = Readonly<Record<string, unknown>>;
type Body = WireResponse["body"];

/** Statuses whose answers have no body. RFC 9110 §6.4.1 */
const BODILESS: readonly number[] = [204, 304];

/** What an answer's body holds, and of which type that is. */
interface Content {
  readonly type: string | undefined;
  readonly body: Body;
}

/** Writes the members that stand neither in headers nor are all of the body. */
type MembersWriter = (shape: StructureShape, members: Members) => Content;

/** The answer: members in the status, in headers and in the body. */
export function restAnswer(
  { output, http }: RestContract,
  value: unknown,
  requestId: string,
  write: MembersWriter = inJson,
): WireResponse {
  const headers: Record<string, string> = { "x-amzn-RequestId": requestId };
  const { status: usualStatus = 200 } = http;
  if (output === undefined) return { status: usualStatus, headers, body: "" };
  const members = value as Members;
  const placement = placementOf(output);
  const status = statusOf(placement, members) ?? usualStatus;
  const { type, body } = BODILESS.includes(status) ? EMPTY : bodyOf(placement, members, write);
  if (type !== undefined) headers["content-type"] = type;
  writeHeaders(headers, placement, members);
  return { status, headers, body };
}

function statusOf(placement: Placement, members: Members): number | undefined {
  const [member] = placement.in("statusCode");
  return member && (members[member.name] as number | undefined);
}

function writeHeaders(headers: Record<string, string>, placement: Placement, members: Members): void {
  for (const { name, wireName, shape } of placement.in("header")) {
    const value = members[name];
    if (value !== undefined) headers[headerName(wireName)] = headerText(headerValue(shape, value));
  }
  for (const { name, wireName } of placement.in("prefixHeaders")) {
    const entries = (members[name] ?? {}) as Readonly<Record<string, string>>;
    for (const [key, text] of Object.entries(entries)) headers[`${wireName}${key}`] = headerText(text);
  }
}

/** An output may say what its body is: then there is one such header, not two. */
function headerName(name: string): string {
  return name.toLowerCase() === "content-type" ? "content-type" : name;
}

function headerValue(shape: Shape, value: unknown): string {
  if (shape.kind !== "list") return scalarText(shape, value, "httpDate");
  const { item } = shape;
  const texts = (value as readonly unknown[]).map((each) => scalarText(item, each, "httpDate"));
  return (item.kind === "timestamp" ? texts : texts.map(headerItem)).join(", ");
}

/** No body at all. */
export const EMPTY: Content = { type: undefined, body: "" };

function bodyOf({ payload, body }: Placement, members: Members, write: MembersWriter): Content {
  return payload === undefined ? write(body, members) : payloadOf(payload, members[payload.name]);
}

function inJson(shape: StructureShape, members: Members): Content {
  return { type: JSON_TYPE, body: jsonOf(shape, members) };
}

function payloadOf({ shape }: PlacedMember, value: unknown): Content {
  if (value === undefined) return EMPTY;
  if (shape.kind === "blob") return { type: shape.mediaType ?? BYTES_TYPE, body: value as Body };
  if (shape.kind === "string") return { type: shape.mediaType ?? TEXT_TYPE, body: value as string };
  return { type: JSON_TYPE, body: jsonOf(shape as StructureShape, value) };
}
