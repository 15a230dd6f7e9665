import type { ProtocolName } from "../model/contract.ts";
import { awsJson1_0, awsJson1_1 } from "./aws-json/aws-json.ts";
import { sortedJsonOf } from "./aws-json/encode-sorted.ts";
import { awsCbor } from "./cbor/cbor.ts";
import { EVENT_STREAM_TYPE, framesOf, type PayloadFormat } from "./event-stream/event-stream.ts";
import type { Protocol } from "./protocol.ts";
import { awsQuery } from "./query/query.ts";
import { withRestEvents } from "./rest-events.ts";
import { restJson1 } from "./rest-json/rest-json.ts";
import { restXml } from "./rest-json/rest-xml.ts";

/** AWS: events are in JSON even for those who ask in CBOR. Which of JSON's names AWS gives here is not known. */
const json: PayloadFormat = {
  hasOpening: true,
  encode: (shape, value) => ({ contentType: "application/x-amz-json-1.1", content: sortedJsonOf(shape, value) }),
};

/** Every wire format. GAP: the Query format is older than event streams, and no service of JSON 1.0 here has one. */
export const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  awsQuery,
  awsJson1_0,
  awsJson1_1: withEvents(awsJson1_1, json),
  awsCbor: withEvents(awsCbor, json),
  restJson1: withRestEvents(restJson1),
  restXml,
};

/** The format, able to answer with one event after the other. */
function withEvents(protocol: Protocol, format: PayloadFormat): Protocol {
  return {
    ...protocol,
    encode(service, contract, output, requestId) {
      if (contract.events === undefined) return protocol.encode(service, contract, output, requestId);
      const headers = { "content-type": EVENT_STREAM_TYPE, "x-amzn-RequestId": requestId };
      return { status: 200, headers, body: framesOf(contract.events, output as AsyncIterable<object>, format) };
    },
  };
}
