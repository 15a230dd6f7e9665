import type { RestContract } from "../model/contract.ts";
import type { StructureShape } from "../model/shape.ts";
import { EVENT_STREAM_TYPE, type EventPayload, framesOf, type PayloadFormat } from "./event-stream/event-stream.ts";
import { jsonOf } from "./json-body.ts";
import type { Protocol } from "./protocol.ts";
import { BYTES_TYPE, JSON_TYPE } from "./rest-json/encode.ts";
import { placementOf } from "./rest-json/placement.ts";

/** An event is in JSON, unless one of its members is all of it. */
const format: PayloadFormat = { hasOpening: false, encode: payloadOf };

/** What an operation answers with that has events. */
interface EventOutput {
  readonly events: AsyncIterable<object>;
}

/** The format, able to answer with one event after the other in the body, and with members of the output in status and headers. */
export function withRestEvents(protocol: Protocol<RestContract>): Protocol<RestContract> {
  return {
    ...protocol,
    encode(service, contract, output, requestId) {
      const { status, headers, body } = protocol.encode(service, contract, output, requestId);
      if (contract.events === undefined) return { status, headers, body };
      const frames = framesOf(contract.events, (output as EventOutput).events, format);
      return { status, headers: { ...headers, "content-type": EVENT_STREAM_TYPE }, body: frames };
    },
  };
}

function payloadOf(shape: StructureShape, value: unknown): EventPayload {
  const { payload } = placementOf(shape);
  if (payload === undefined) return { contentType: JSON_TYPE, content: jsonOf(shape, value) };
  const content = (value as Readonly<Record<string, unknown>>)[payload.name] as Uint8Array;
  return { contentType: BYTES_TYPE, content };
}
