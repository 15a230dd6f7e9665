import type { FieldSink } from "./hpack/decoder.ts";
import type { Field } from "./hpack/field.ts";
import { MAX_HEAD_BYTES } from "./limits.ts";

const LENGTH = /^\d{1,15}$/;
const METHOD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What the fields of a request say, taken one by one. RFC 9113 §8.3.1 */
export class RequestHead implements FieldSink {
  /** Empty unless given, as all that is not a header. */
  method = "";
  scheme = "";
  path = "";
  authority = "";
  readonly headers: Record<string, string> = {};
  /** Headers whose names come more than once, but for the first of each. */
  repeated: Field[] | undefined;
  /** What the body's length is said to be. */
  length: number | undefined;
  #bytes = 0;
  #hasHeaders = false;
  #isMalformed = false;

  /** Whether it is larger than any that is served. */
  get isTooLarge(): boolean {
    return this.#bytes > MAX_HEAD_BYTES;
  }

  /** Whether no server may take it for a request. RFC 9113 §8.1.1 */
  get isMalformed(): boolean {
    if (this.#isMalformed || !METHOD.test(this.method)) return true;
    if (this.method === "CONNECT") return this.scheme !== "" || this.path !== "" || this.authority === "";
    return this.scheme === "" || this.path === "";
  }

  /** What is behind the limit is not kept. */
  add(field: Field): void {
    this.#bytes += field.bytes;
    if (this.#bytes > MAX_HEAD_BYTES) return;
    const { name, value } = field;
    if (field.kind === "pseudo") this.#addPseudo(name, value);
    else if (field.kind === "malformed") this.#isMalformed = true;
    else {
      this.#hasHeaders = true;
      if (field.kind === "length") this.#addLength(value);
      if (name in this.headers) this.#addRepeated(field);
      else this.headers[name] = value;
    }
  }

  #addPseudo(name: string, value: string): void {
    const known = name.slice(1) as "method" | "scheme" | "path" | "authority";
    if (this.#hasHeaders || this[known] !== "" || value === "") this.#isMalformed = true;
    this[known] = value;
  }

  #addLength(value: string): void {
    if (this.length !== undefined || !LENGTH.test(value)) this.#isMalformed = true;
    this.length = Number(value);
  }

  #addRepeated(field: Field): void {
    this.repeated ??= [];
    this.repeated.push(field);
  }
}

/** Fields behind a body, of which nothing is kept but whether they are wrong: they must not be about the request. RFC 9113 §8.1 */
export class Trailers implements FieldSink {
  isMalformed = false;

  add({ kind }: Field): void {
    if (kind === "pseudo" || kind === "malformed") this.isMalformed = true;
  }
}
