/**
 * What a field is to the message it is in. `malformed` is one that no message may have: its name or value has characters that
 * none has, or it is about a connection, of which HTTP/2 says what there is to say in frames of its own. RFC 9113 §8.2
 */
type FieldKind = "usual" | "pseudo" | "length" | "malformed";

/** What a field counts for beside the characters of its name and value. RFC 7541 §4.1, RFC 9113 §6.5.2 */
const OVERHEAD_BYTES = 32;

const PSEUDO = new Set([":method", ":scheme", ":authority", ":path"]);
const ABOUT_CONNECTION = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);
/** Without capitals. RFC 9113 §8.2.1, RFC 9110 §5.6.2 */
const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** Where values of one line must not have a character. RFC 9113 §8.2.1 */
const NO_VALUE = /[\0\r\n]|^[ \t]|[ \t]$/;

/** Clients use a handful of names. */
const MAX_REMEMBERED = 256;
/** Longer names are no client's. */
const MAX_REMEMBERED_LENGTH = 64;
const remembered = new Map<string, FieldName>();

/** A name, and what may be said of each field that has it. */
interface FieldName {
  readonly text: string;
  readonly kind: FieldKind;
}

/** A header field as it is in a block of them; characters are those of Latin-1, one for a byte. */
export class Field {
  readonly name: string;
  readonly value: string;
  readonly kind: FieldKind;

  constructor(name: string, value: string) {
    const { text, kind } = remembered.get(name) ?? learnt(name);
    this.name = text;
    this.value = value;
    this.kind = NO_VALUE.test(value) || (text === "te" && value !== "trailers") ? "malformed" : kind;
  }

  /** What it counts for where the size of tables and lists is limited. */
  get bytes(): number {
    return this.name.length + this.value.length + OVERHEAD_BYTES;
  }
}

function learnt(name: string): FieldName {
  if (name.length > MAX_REMEMBERED_LENGTH) return { text: name, kind: kindOf(name) };
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  // A text of its own: that of a field may be a part of all that came with it.
  const text = Buffer.from(name, "latin1").toString("latin1");
  const known = { text, kind: kindOf(name) };
  remembered.set(text, known);
  return known;
}

function kindOf(name: string): FieldKind {
  if (name === "content-length") return "length";
  if (PSEUDO.has(name)) return "pseudo";
  return NAME.test(name) && !ABOUT_CONNECTION.has(name) ? "usual" : "malformed";
}
