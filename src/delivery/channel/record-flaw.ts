import { isUtf8 } from "node:buffer";
import type { ChannelSource } from "../../engine/stream/channel/channel.ts";
import { JsonCursor } from "../../kernel/json/json-cursor.ts";

/** What keeps a record from being of its channel's format, as dead letters tell it. */
export interface RecordFlaw {
  readonly code: "InvalidUtf8" | "InvalidJson";
  readonly message: string;
}

const NO_TEXT: RecordFlaw = { code: "InvalidUtf8", message: "The record is not a valid UTF-8 string." };
const NO_JSON: RecordFlaw = { code: "InvalidJson", message: "The record is not a valid JSON payload." };

/** AWS: strings have to be UTF-8, JSON has to be JSON; bytes can be anything. The codes and texts are ours. */
export function flawOf(data: Uint8Array, format: ChannelSource["recordFormat"]): RecordFlaw | undefined {
  if (format === "BYTE_ARRAY") return undefined;
  if (!isUtf8(data)) return format === "STRING" ? NO_TEXT : NO_JSON;
  return format === "STRING" || isJson(data) ? undefined : NO_JSON;
}

/** Nothing is made of it: ten megabytes of empty objects would become half a gigabyte. */
function isJson({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  const cursor = new JsonCursor(Buffer.from(buffer, byteOffset, byteLength), () => new SyntaxError());
  try {
    cursor.skip();
    cursor.end();
    return true;
  } catch {
    return false;
  }
}
