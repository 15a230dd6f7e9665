import { type MessageAttribute, type MessageAttributes, plainAttributes } from "../../kernel/message-attribute.ts";
import type { PlainAttribute, PlainContent, QueueEvent } from "./events.ts";
import { type LiveContent, textOf } from "./message.ts";

/**
 * The event as plain data: the same object if it is, which the events of texts with attributes of texts are. Otherwise it
 * costs a copy of what a message that comes in consists of; a shared body is made when somebody reads it, for most are
 * never read and a signature costs as much as a hundred messages.
 */
export function plainEvent(event: QueueEvent): QueueEvent<PlainContent> {
  if (isPlain(event)) return event as QueueEvent<PlainContent>;
  if (event.type === "sent") {
    const { reader, ...sent } = event;
    return { ...sent, message: withPlainContent(event.message, reader) };
  }
  if (event.type === "arrived") return { ...event, message: withPlainContent(event.message) };
  if (event.type === "messageKept") return { ...event, message: withPlainContent(event.message) };
  return event;
}

function isPlain(event: QueueEvent): boolean {
  if (!("message" in event)) return true;
  const { body, attributes } = event.message;
  if (typeof body !== "string" || ("reader" in event && event.reader !== undefined)) return false;
  return attributes === undefined || plainAttributes(attributes) === attributes;
}

/** The event as a queue's state takes it, from plain data: the same object where that is what it takes. */
export function liveEvent(event: QueueEvent<PlainContent>): QueueEvent {
  if (!("message" in event) || isLive(event.message)) return event as QueueEvent;
  if (event.type === "sent") return { ...event, message: withLiveContent(event.message) };
  if (event.type === "arrived") return { ...event, message: withLiveContent(event.message) };
  return { ...event, message: withLiveContent(event.message) };
}

function isLive({ attributes }: PlainContent): boolean {
  for (const name in attributes) if ("base64" in (attributes[name] ?? {})) return false;
  return true;
}

function withPlainContent<M extends LiveContent>(
  message: M,
  reader?: string,
): Omit<M, keyof LiveContent> & PlainContent {
  const { body, attributes, ...rest } = message;
  const plain = attributes && mapped(attributes, plainAttribute);
  if (typeof body === "string") return { ...rest, body, attributes: plain };
  const late = {
    ...rest,
    get body() {
      return textOf(body, reader);
    },
    attributes: plain,
  };
  // Not enumerable, for it is no part of what happened: whoever keeps events counts it instead of having the body made.
  return Object.defineProperty(late, "lateCharacters", { value: body.characters });
}

function withLiveContent<M extends PlainContent>(message: M): Omit<M, "attributes"> & LiveContent {
  const { attributes, ...rest } = message;
  return { ...rest, attributes: attributes && (mapped(attributes, liveAttribute) satisfies MessageAttributes) };
}

function plainAttribute({ dataType, value }: MessageAttribute): PlainAttribute {
  if (typeof value === "string") return { dataType, value };
  return { dataType, base64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
}

function liveAttribute(attribute: PlainAttribute): MessageAttribute {
  if ("value" in attribute) return attribute;
  return { dataType: attribute.dataType, value: Buffer.from(attribute.base64, "base64") };
}

function mapped<From, To>(record: Readonly<Record<string, From>>, turn: (from: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, turn(value)]));
}
