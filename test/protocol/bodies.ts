import { AwsError } from "../../src/kernel/aws-error.ts";
import type { Contract } from "../../src/model/contract.ts";
import type { StructureShape } from "../../src/model/shape.ts";
import type { Protocol, WireRequest } from "../../src/protocol/protocol.ts";

/** A POST with the given body and nothing else worth mentioning. */
export function aRequest(body: string | Buffer, parts: Partial<WireRequest> = {}): WireRequest {
  return { method: "POST", path: "/", query: "", headers: {}, body: Buffer.from(body), ...parts };
}

/** An operation with the given input. */
export function anOperation(input: StructureShape): Contract {
  return { name: "DoIt", input, errors: [] };
}

export function decoded(protocol: Protocol, input: StructureShape, body: string | Buffer): unknown {
  return protocol.decode(anOperation(input), aRequest(body));
}

/** The error that reading the body ends in; anything but an AwsError is a defect and thrown on. */
export function refusal(protocol: Protocol, input: StructureShape, body: string | Buffer): AwsError {
  try {
    decoded(protocol, input, body);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error("the body was accepted");
}
