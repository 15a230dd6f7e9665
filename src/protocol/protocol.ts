import type { AwsError } from "../kernel/aws-error.ts";
import type { Contract, ProtocolName, ServiceModel } from "../model/contract.ts";
import { RequestEntityTooLarge } from "./errors.ts";

/** A request as it came in, body complete. The body is there until the handler returns, unless it was retained. */
export interface WireRequest {
  readonly method: string;
  /** Path without the query string, still percent-encoded. */
  readonly path: string;
  /** What follows the `?`, without it. */
  readonly query: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** An answer ready to be sent. Headers common to every answer are the server's to add. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** One wire format. Knows shapes; knows no service. */
export interface Protocol<C extends Contract = Contract> {
  readonly name: ProtocolName;
  /** Where operation and labels stand; in the path of the request unless given. */
  pathOf?(request: WireRequest): string;
  /** The input as plain values of the contract's types. Throws what AWS answers when the bytes cannot be that. */
  decode(contract: C, request: WireRequest): unknown;
  /** The answer. That of an operation with events is an event stream, which goes on for as long as there are any. */
  encode(service: ServiceModel, contract: C, output: unknown, requestId: string): WireResponse;
  encodeError(service: ServiceModel, error: AwsError, requestId: string): WireResponse;
}

/** The value of a request header, names in lower case; several lines of one name as the list they stand for. */
export function headerOf({ headers }: WireRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "object" ? value.join(", ") : value;
}

/** What the body claims to be: in lower case, without parameters; empty when the request does not say. */
export function mediaTypeOf(request: WireRequest): string {
  const given = headerOf(request, "content-type") ?? "";
  const end = given.indexOf(";");
  return (end < 0 ? given : given.slice(0, end)).trim().toLowerCase();
}

/** Throws what the operation answers a document with that is longer than any of its requests. */
export function refuseLongDocument(model: ServiceModel, contract: Contract, { body }: WireRequest): void {
  const { maxDocumentBytes = model.maxDocumentBytes ?? Number.POSITIVE_INFINITY, tooLong } = contract;
  if (body.length > maxDocumentBytes) throw tooLong?.(body.length) ?? new RequestEntityTooLarge();
}

/** Throws RequestEntityTooLarge when the body is larger than any request of the service is. */
export function refuseExcess({ maxBodyBytes }: ServiceModel, { body }: WireRequest): void {
  if (maxBodyBytes !== undefined && body.length > maxBodyBytes) throw new RequestEntityTooLarge();
}
