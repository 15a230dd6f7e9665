import type { ChannelSource } from "../../engine/stream/channel.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

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
  const text = textOf(data);
  if (text === undefined) return format === "STRING" ? NO_TEXT : NO_JSON;
  return format === "STRING" || isJson(text) ? undefined : NO_JSON;
}

function textOf(data: Uint8Array): string | undefined {
  try {
    return utf8.decode(data);
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
