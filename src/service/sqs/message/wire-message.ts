import type { ReceivedMessage } from "../../../engine/queue/message.ts";
import type { Queue } from "../../../engine/queue/queue.ts";
import { requestedAttributes, toWireAttributes, type WireAttributes } from "./message-attributes.ts";
import { digestOfReceived, md5OfAttributes } from "./message-content.ts";
import { formatReceiptHandle } from "./receipt-handle.ts";
import { requestedNames, systemAttributes } from "./system-attributes.ts";

/** Which attributes a receiver wants to see. */
export interface Wished {
  readonly AttributeNames?: readonly string[] | undefined;
  readonly MessageSystemAttributeNames?: readonly string[] | undefined;
  readonly MessageAttributeNames?: readonly string[] | undefined;
}

/** A message as ReceiveMessage shows it. */
export interface WireMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>> | undefined;
  readonly MD5OfMessageAttributes: string | undefined;
  readonly MessageAttributes: WireAttributes | undefined;
}

export function wireMessages(queue: Queue, received: readonly ReceivedMessage[], wished: Wished): WireMessage[] {
  // AWS: the older list and the newer one both count.
  const names = requestedNames(wished.AttributeNames, wished.MessageSystemAttributeNames);
  return received.map((one) => {
    const { message, receipt } = one;
    // A shared body is made anew whenever it is read.
    const body = message.body;
    const attributes = requestedAttributes(message.attributes, wished.MessageAttributeNames);
    return {
      MessageId: message.id,
      ReceiptHandle: formatReceiptHandle(queue, receipt),
      MD5OfBody: message.bodyDigest ?? digestOfReceived(body, message.key),
      Body: body,
      Attributes: names.length === 0 ? undefined : systemAttributes(one, names),
      // AWS: the digest of what is returned, which need not be what was sent.
      MD5OfMessageAttributes: attributes && md5OfAttributes(attributes),
      MessageAttributes: attributes && toWireAttributes(attributes),
    };
  });
}
