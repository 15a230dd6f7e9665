import { STATUS_CODES } from "node:http";
import type { CallAnswer } from "./calls.ts";

/** All of an answer, head and body in one text of UTF-8, to be written at once. */
export function textOf({ status, contentType, fields, body }: CallAnswer, connection?: "close"): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${contentType}\r\n`;
  for (const [name, value] of fields) head += `${name}: ${value}\r\n`;
  if (connection !== undefined) head += `Connection: ${connection}\r\n`;
  return `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
