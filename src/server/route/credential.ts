import { headerOf, type WireRequest } from "../../protocol/protocol.ts";
import { remembering } from "./remembering.ts";

/** The parts of a SigV4 credential that say who calls what, where. Signatures are not verified. */
interface Credential {
  readonly accessKeyId: string;
  /** Absent in the asymmetric variant of SigV4, which signs for several regions at once. */
  readonly region: string | undefined;
  readonly service: string;
}

/** `Authorization: AWS4-HMAC-SHA256 Credential=key/date/region/service/aws4_request, SignedHeaders=…, Signature=…` */
const IN_HEADER = "Credential=";
/** The same in a presigned URL. */
const IN_QUERY = "X-Amz-Credential=";

/** The credential's text, `key/date/region/service/aws4_request`, or undefined when the request is not signed. */
export function credentialText(request: WireRequest): string | undefined {
  const header = headerOf(request, "authorization") ?? "";
  return textAfter(header, IN_HEADER, ",") ?? unescaped(textAfter(request.query, IN_QUERY, "&"));
}

/** The parts of a credential's text, or undefined when it is none. */
export function parseCredential(text: string): Credential | undefined {
  const parts = text.trim().split("/");
  const service = parts.at(-2);
  if (service === undefined || parts.length < 4 || parts.length > 5) return undefined;
  return {
    accessKeyId: parts[0] ?? "",
    region: parts.length === 5 ? parts[2] : undefined,
    service,
  };
}

function textAfter(text: string, start: string, end: string): string | undefined {
  const at = text.indexOf(start);
  if (at < 0) return undefined;
  const from = at + start.length;
  const to = text.indexOf(end, from);
  return to < 0 ? text.slice(from) : text.slice(from, to);
}

function unescaped(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const serviceOf = remembering((text) => parseCredential(text)?.service);

/** The service a request is signed for. */
export function signingName(request: WireRequest): string | undefined {
  const text = credentialText(request);
  return text === undefined ? undefined : serviceOf(text);
}
