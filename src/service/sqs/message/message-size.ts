import { attributeBytes } from "../../number-value.ts";
import type { WireAttribute } from "./message-attributes.ts";

/** No character takes more bytes in UTF-8 for each of its units in a string. */
const MAX_BYTES_PER_UNIT = 3;

interface Sized {
  readonly MessageBody: string;
  /** Types may be missing: a batch is measured before its entries are checked. */
  readonly MessageAttributes?: Readonly<Record<string, Partial<WireAttribute>>> | undefined;
}

/** What counts towards the limits: the body, and name, type and value of every message attribute. */
export function messageBytes({ MessageBody, MessageAttributes }: Sized): number {
  return Buffer.byteLength(MessageBody) + attributeBytes(MessageAttributes);
}

/** Whether a message is within the limit; small ones are not counted out. */
export function fits(message: Sized, maxBytes: number): boolean {
  const isSmall =
    message.MessageAttributes === undefined && message.MessageBody.length * MAX_BYTES_PER_UNIT <= maxBytes;
  return isSmall || messageBytes(message) <= maxBytes;
}
