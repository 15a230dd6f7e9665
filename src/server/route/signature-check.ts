import type { AwsError } from "../../kernel/aws-error.ts";
import { headerOf, type WireRequest } from "../../protocol/protocol.ts";
import { IncompleteSignature, MissingAuthenticationToken, SignedTwice } from "./strict-answers.ts";

const IN_HEADER: readonly string[] = ["Credential=", "Signature=", "SignedHeaders="];
const IN_QUERY: readonly string[] = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Signature",
  "X-Amz-SignedHeaders",
  "X-Amz-Date",
];

/** What is wrong with the form of a request's signature, or undefined. Whether it fits the request is not looked at. */
export function signatureFault(request: WireRequest): AwsError | undefined {
  const header = headerOf(request, "authorization");
  const query = request.query === "" ? undefined : new URLSearchParams(request.query);
  const isInQuery = query?.has("X-Amz-Algorithm") ?? false;
  if (header === undefined) {
    return query !== undefined && isInQuery ? queryFault(query) : new MissingAuthenticationToken();
  }
  return isInQuery ? new SignedTwice() : headerFault(header, request);
}

function headerFault(header: string, request: WireRequest): AwsError | undefined {
  let text = "";
  for (const start of IN_HEADER) {
    if (!hasParameter(header, start)) text += `Authorization header requires '${start.slice(0, -1)}' parameter. `;
  }
  if (headerOf(request, "x-amz-date") === undefined && headerOf(request, "date") === undefined) {
    text += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  return text === "" ? undefined : new IncompleteSignature(`${text}Authorization=${header}`);
}

/** Whether a blank or a comma, then `name=`, which is its start, and a value stand in the header. AWS: the first word can be anything. */
function hasParameter(header: string, start: string): boolean {
  for (let at = header.indexOf(start, 1); at > 0; at = header.indexOf(start, at + 1)) {
    const before = header.charAt(at - 1);
    const after = header.charAt(at + start.length);
    if ((before === " " || before === ",") && after !== "" && after !== " " && after !== ",") return true;
  }
  return false;
}

function queryFault(query: URLSearchParams): AwsError | undefined {
  const missing = IN_QUERY.filter((name) => !query.get(name));
  if (missing.length === 0) return undefined;
  const texts = missing.map((name) => `AWS query-string parameters must include '${name}'. `);
  return new IncompleteSignature(`${texts.join("")}Re-examine the query-string parameters.`);
}
