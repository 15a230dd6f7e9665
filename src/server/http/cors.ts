import type { IncomingMessage } from "node:http";
import type { WireResponse } from "../../protocol/protocol.ts";
import { isCrossOrigin } from "./reply.ts";

/** How long browsers may remember a preflight. Kinesis answers this, and the other services are served alike. */
const MAX_AGE_SECONDS = "172800";

/** The header in which SQS tells the older name of an error. */
const QUERY_ERROR = "x-amzn-query-error";

const EXPOSED = "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date";

const usualHeaders = exposing(EXPOSED);
const queryErrorHeaders = exposing(`${EXPOSED},${QUERY_ERROR}`);

function exposing(names: string): readonly string[] {
  return ["Access-Control-Allow-Origin", "*", "Access-Control-Expose-Headers", names];
}

/**
 * What an answer with those headers carries besides, so that a web page may read it: names and values in turn, as Node
 * takes them.
 */
export function crossOriginHeaders(headers: WireResponse["headers"]): readonly string[] {
  return QUERY_ERROR in headers ? queryErrorHeaders : usualHeaders;
}

/** Whether a browser asks if a page may send a request, instead of sending it. */
export function isPreflight(request: IncomingMessage): boolean {
  return request.method === "OPTIONS" && isCrossOrigin(request);
}

/** The headers that answer a preflight: whatever it asks for is allowed. */
export function preflightHeaders({ headers }: IncomingMessage): string[] {
  const answer = ["Access-Control-Allow-Origin", "*", "Access-Control-Max-Age", MAX_AGE_SECONDS];
  const requestHeaders = headers["access-control-request-headers"];
  const requestMethod = headers["access-control-request-method"];
  if (requestHeaders !== undefined) answer.push("Access-Control-Allow-Headers", requestHeaders);
  if (requestMethod !== undefined) answer.push("Access-Control-Allow-Methods", requestMethod);
  return answer;
}
