import { parseJsonObject } from "../../../kernel/json/json-object.ts";
import { attributeBytes } from "../../number-value.ts";
import { invalid, invalidParameter } from "../errors.ts";
import type { WireAttributes } from "./message-attributes.ts";

/** A message as Publish and the entries of PublishBatch describe it. */
export interface MessageInput {
  readonly Message: string;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: WireAttributes | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** The text per protocol and platform, of a message that is structured. */
export type Structure = Readonly<Record<string, string>>;

/** A sign to begin with, and no control characters. 101 characters are too many. */
const SUBJECT = /^[^\s\p{Cc}\p{Cs}][^\p{Cc}\p{Cs}\u2028\u2029]{0,99}$/u;

/** Throws InvalidParameter unless subject and message have anything to say. */
export function checkText({ Message, Subject }: MessageInput): void {
  if (Subject !== undefined && !SUBJECT.test(Subject)) throw invalidParameter("Subject");
  if (Message === "") throw invalid("Empty message");
}

/**
 * The texts of a message that is structured, undefined when it is not. Members that are no texts do not count. Throws
 * InvalidParameter when the message is not what MessageStructure says, or has no text under any of the names it needs.
 */
export function structureOf(
  { Message, MessageStructure }: MessageInput,
  ...needed: readonly string[]
): Structure | undefined {
  // AWS: programs send `string` for a plain text, which is not documented.
  if (MessageStructure === undefined || MessageStructure.toLowerCase() === "string") return undefined;
  if (MessageStructure !== "json") throw invalidParameter("MessageStructure");
  const document = parseJsonObject(Message);
  if (document === undefined) throw invalid("Message Structure - JSON message body failed to parse");
  const structure = Object.fromEntries(Object.entries(document).filter(isText));
  if (needed.every((name) => !Object.hasOwn(structure, name))) {
    throw invalid("Message Structure - No default entry in JSON message body");
  }
  return structure;
}

function isText(member: [string, unknown]): member is [string, string] {
  return typeof member[1] === "string";
}

/** No character takes more bytes in UTF-8 for each of its units in a string. */
const MAX_BYTES_PER_UNIT = 3;

/** What counts towards the limits: the message, and name, type and value of every attribute; not the subject. */
export function messageBytes({ Message, MessageAttributes }: MessageInput): number {
  return Buffer.byteLength(Message) + attributeBytes(MessageAttributes);
}

/** Throws InvalidParameter when a message is beyond the limit; small ones are not counted out. */
export function checkSize(message: MessageInput, maxBytes: number): void {
  const isSmall = message.MessageAttributes === undefined && message.Message.length * MAX_BYTES_PER_UNIT <= maxBytes;
  if (!isSmall && messageBytes(message) > maxBytes) throw invalid("Message too long");
}
