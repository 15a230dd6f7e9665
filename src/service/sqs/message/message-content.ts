import type { MessageAttributes } from "../../../engine/queue/message.ts";
import { md5 } from "../../../kernel/digest.ts";
import { present } from "../../../kernel/present.ts";
import { attributeBytes } from "../../number-value.ts";

/** No character takes more bytes in UTF-8 for each of its units in a string. */
const MAX_BYTES_PER_UNIT = 3;

/** The body and types may be missing: a batch is measured before its entries are checked. */
interface Sized {
  readonly MessageBody?: string;
  readonly MessageAttributes?: Parameters<typeof attributeBytes>[0];
}

/** What counts towards the limits: the body, and name, type and value of every message attribute. */
export function messageBytes({ MessageBody = "", MessageAttributes }: Sized): number {
  return Buffer.byteLength(MessageBody) + attributeBytes(MessageAttributes);
}

/** Whether a message is within the limit; small ones are not counted out. */
export function fits(message: Sized, maxBytes: number): boolean {
  const { MessageBody = "", MessageAttributes } = message;
  const isSmall = MessageAttributes === undefined && MessageBody.length * MAX_BYTES_PER_UNIT <= maxBytes;
  return isSmall || messageBytes(message) <= maxBytes;
}

/** The end of every text that refuses a character. */
export const ALLOWED_CHARACTERS =
  "the set of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].";

/** Digests of messages that were sent, by their keys: most are received soon. What is remembered is what the garbage collector carries about. */
class SentDigests {
  readonly #places: number;
  readonly #bodies: string[];
  readonly #digests: string[];

  /** So many are remembered, of those whose keys share a place the latest. */
  constructor(places: number) {
    this.#places = places;
    this.#bodies = new Array(places).fill("");
    this.#digests = new Array(places).fill(md5(""));
  }

  remember(key: number, body: string, digest: string): void {
    this.#bodies[key % this.#places] = body;
    this.#digests[key % this.#places] = digest;
  }

  /** Whatever is remembered in its place is of no use unless it is of that text. */
  find(key: number, body: string): string | undefined {
    return this.#bodies[key % this.#places] === body ? this.#digests[key % this.#places] : undefined;
  }
}

/** What is remembered takes some megabytes at most. Longer bodies keep their digests themselves. */
const SHORT = 4096;
const PLACES = 1024;
const sentDigests = new SentDigests(PLACES);

/** Whether a body is worth an object of its own that keeps its digest. */
export function isLongBody(body: string): boolean {
  return body.length > SHORT;
}

/** The MD5 of the body of a message that was sent, which is not a long one, to a queue in which so many wait. */
export function digestOfSent(body: string, key: number, waiting: number): string {
  const digest = md5(body);
  // Behind more messages than that its place is taken before its turn comes.
  if (waiting <= PLACES) sentDigests.remember(key, body, digest);
  return digest;
}

/** The MD5 of the body of a message that was received. */
export function digestOfReceived(body: string, key: number): string {
  return (isLongBody(body) ? undefined : sentDigests.find(key, body)) ?? md5(body);
}

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
