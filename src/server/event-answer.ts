import type { StructureShape } from "../model/shape.ts";
import { sortedJsonOf } from "../protocol/aws-json/encode-sorted.ts";
import { EVENT_STREAM_TYPE, framesOf, type PayloadFormat } from "../protocol/event-stream/event-stream.ts";
import type { WireResponse } from "../protocol/protocol.ts";

/** AWS: events are in JSON even for those who ask in CBOR. Which of JSON's names AWS gives here is not known. */
const json: PayloadFormat = { contentType: "application/x-amz-json-1.1", encode: sortedJsonOf };

/** An answer that goes on for as long as there are events. */
export function eventAnswer(union: StructureShape, events: AsyncIterable<object>, requestId: string): WireResponse {
  const headers = { "content-type": EVENT_STREAM_TYPE, "x-amzn-RequestId": requestId };
  return { status: 200, headers, body: framesOf(union, events, json) };
}
