import type { MessageAttributes } from "../../../engine/queue/message.ts";
import { md5 } from "../../../kernel/digest.ts";
import { present } from "../../../kernel/present.ts";

const TEXT = Buffer.from([1]);
const BYTES = Buffer.from([2]);

/** MD5OfMessageAttributes. Developer guide, calculating the MD5 message digest for message attributes. */
export function md5OfAttributes(attributes: MessageAttributes): string {
  const parts: Uint8Array[] = [];
  for (const name of Object.keys(attributes).sort()) {
    const { dataType, value } = present(attributes[name], "an attribute by its name");
    pushSized(parts, Buffer.from(name));
    pushSized(parts, Buffer.from(dataType));
    parts.push(typeof value === "string" ? TEXT : BYTES);
    pushSized(parts, typeof value === "string" ? Buffer.from(value) : value);
  }
  return md5(Buffer.concat(parts));
}

function pushSized(parts: Uint8Array[], bytes: Uint8Array): void {
  const size = Buffer.allocUnsafe(4);
  size.writeUInt32BE(bytes.length);
  parts.push(size, bytes);
}
