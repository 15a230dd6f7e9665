import { attributeBytes } from "../../attribute-bytes.ts";
import { invalid } from "../errors.ts";
import type { MessageInput } from "./message.ts";

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
