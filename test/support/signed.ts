import { ACCOUNT, REGION } from "./service-call.ts";

/** The header by which a request says for which service it is, and whose it is. Nobody verifies signatures. */
export function signedHeaders(service: string, { account = ACCOUNT, region = REGION } = {}): { authorization: string } {
  const credential = `${account}/20260101/${region}/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` };
}
