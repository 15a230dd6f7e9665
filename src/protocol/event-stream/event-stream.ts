import assert from "node:assert/strict";
import { AwsError } from "../../kernel/aws-error.ts";
import { type StructureShape, shapeOf, string, structure } from "../../model/shape.ts";
import { InternalFailure } from "../errors.ts";
import { encodeFrame } from "./encode.ts";

/** Media type of an answer that is an event stream, whatever the format of the payloads in it. */
export const EVENT_STREAM_TYPE = "application/vnd.amazon.eventstream";

/** What an event carries, and of which type that is. */
export interface EventPayload {
  readonly contentType: string;
  readonly content: string | Uint8Array;
}

/** The format in which payloads are written. */
export interface PayloadFormat {
  readonly encode: (shape: StructureShape, value: unknown) => EventPayload;
  /** Whether a frame that says nothing goes ahead; in REST the answer's headers say what there is to say. */
  readonly hasOpening: boolean;
}

const initialResponse = structure({});
const exception = structure({ message: string() });

/**
 * The events as frames, one chunk each. The shape is the stream's union: every event is an object with one of its
 * members, `{ SubscribeToShardEvent: { … } }`.
 *
 * A frame that says nothing goes ahead of the first event, at once, where SDKs hold their caller back until it is there. An
 * AwsError from the events becomes the last frame; anything else does, too, as an internal failure, and is then thrown
 * on, so that somebody hears of it. Whoever stops taking frames before the end stops the events.
 */
export async function* framesOf(
  shape: StructureShape,
  events: AsyncIterable<object>,
  format: PayloadFormat,
): AsyncGenerator<Uint8Array> {
  const source = events[Symbol.asyncIterator]();
  try {
    if (format.hasOpening) yield eventFrame("initial-response", format.encode(initialResponse, {}));
    for (let next = await source.next(); !next.done; next = await source.next()) {
      const [name = "", value] = Object.entries(next.value)[0] ?? [];
      yield eventFrame(name, format.encode(memberOf(shape, name), value));
    }
  } catch (cause) {
    yield failureFrame(cause instanceof AwsError ? cause : new InternalFailure(), format);
    if (!(cause instanceof AwsError)) throw cause;
  } finally {
    await source.return?.();
  }
}

function memberOf({ members }: StructureShape, name: string): StructureShape {
  const member = members[name];
  const shape = member && shapeOf(member);
  assert(shape?.kind === "structure", `the stream has an event called ${name}`);
  return shape;
}

function eventFrame(name: string, { contentType, content }: EventPayload): Uint8Array {
  return encodeFrame({ ":event-type": name, ":content-type": contentType, ":message-type": "event" }, content);
}

/** SDKs raise errors of the model as such, and make a plain error of the others. */
function failureFrame({ shape, message, isModelled }: AwsError, { encode }: PayloadFormat): Uint8Array {
  if (!isModelled) {
    return encodeFrame({ ":error-code": shape, ":error-message": message, ":message-type": "error" }, "");
  }
  const { contentType, content } = encode(exception, { message });
  const headers = { ":exception-type": shape, ":content-type": contentType, ":message-type": "exception" };
  return encodeFrame(headers, content);
}
