import { MOST_ATTRIBUTES } from "../../../engine/queue/limits.ts";
import type { MessageAttribute, MessageAttributes } from "../../../engine/queue/message.ts";
import { forbiddenCharacter } from "../../../kernel/control-characters.ts";
import type { Infer } from "../../../model/shape.ts";
import { isNumberValue, MAX_NAME_BYTES } from "../../number-value.ts";
import { InvalidParameterValue } from "../errors.ts";
import type { messageAttributeMap } from "../shapes.ts";
import { ALLOWED_CHARACTERS } from "./message-content.ts";

/** Message attributes as they stand in requests and answers. */
export type WireAttributes = Infer<typeof messageAttributeMap>;
type WireAttribute = WireAttributes[string];

const MAX_TYPE_BYTES = 256;
/** Documented are A to Z, a to z, digits, `_`, `.` and `-`; accented Latin letters have been seen to pass. */
const NAME_CHARACTERS = /^[A-Za-z0-9_.\-\u00C0-\u024F]+$/;
const RESERVED_NAME = /^aws\.|^amazon\.|^\.|\.$|\.\./i;
const TYPE = /^(String|Number|Binary)(?:\..*)?$/s;

/** The attributes as the engine keeps them. Throws InvalidParameterValue for the first that cannot be sent. */
export function readMessageAttributes(given: WireAttributes): MessageAttributes | undefined {
  const entries = Object.entries(given);
  if (entries.length === 0) return undefined;
  if (entries.length > MOST_ATTRIBUTES) {
    refuse(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`);
  }
  return Object.fromEntries(entries.map(([name, attribute]) => [name, readAttribute(name, attribute)]));
}

/** The attribute as answers show it: only its type and the one value that goes with it. */
function toWireAttribute({ dataType, value }: MessageAttribute): WireAttribute {
  return typeof value === "string"
    ? { StringValue: value, DataType: dataType }
    : { BinaryValue: value, DataType: dataType };
}

export function toWireAttributes(attributes: MessageAttributes): WireAttributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, kept]) => [name, toWireAttribute(kept)]));
}

function readAttribute(name: string, attribute: WireAttribute): MessageAttribute {
  checkName(name);
  const dataType = attribute.DataType;
  const type = typeOf(name, dataType);
  const value = type === "Binary" ? attribute.BinaryValue : attribute.StringValue;
  if (value === undefined || value.length === 0) {
    return refuse(`Message (user) attribute '${name}' must contain a non-empty value of type '${type}'.`);
  }
  if (typeof value === "string") checkText(name, type, value);
  return { dataType, value };
}

function checkName(name: string): void {
  if (name === "") refuse("The request must contain non-empty message attribute name.");
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    refuse("Message (user) attribute names must be shorter than 256 Bytes");
  }
  if (!NAME_CHARACTERS.test(name)) {
    refuse(
      "Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ",
    );
  }
  if (RESERVED_NAME.test(name)) {
    refuse(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'.",
    );
  }
}

function typeOf(name: string, dataType: string): string {
  if (dataType === "") refuse(`The message attribute '${name}' must contain non-empty message attribute type.`);
  if (Buffer.byteLength(dataType) > MAX_TYPE_BYTES) {
    refuse("Message (user) attribute types must be shorter than 256 Bytes");
  }
  const type = TYPE.exec(dataType)?.[1];
  if (type === undefined) {
    return refuse(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  checkCharacters(name, dataType);
  return type;
}

function checkText(name: string, type: string, value: string): void {
  if (type !== "Number") checkCharacters(name, value);
  else if (!isNumberValue(value)) refuse(`Can't cast the value of message (user) attribute '${name}' to a number.`);
}

/** AWS: a type, and a text as well, has the characters of a message body. Developer guide, message metadata. */
function checkCharacters(name: string, text: string): void {
  const forbidden = forbiddenCharacter(text);
  if (forbidden === undefined) return;
  refuse(`Invalid binary character '${forbidden}' was found in the message attribute '${name}', ${ALLOWED_CHARACTERS}`);
}

function refuse(text: string): never {
  throw new InvalidParameterValue(text);
}

/**
 * The message attributes that MessageAttributeNames asks for: `All`, `.*` or `*` for all of them, `Prefix.*` for those
 * beginning so, else the whole name. Undefined when nothing was asked for or nothing is there.
 */
export function requestedAttributes(
  attributes: MessageAttributes | undefined,
  names: readonly string[] | undefined,
): MessageAttributes | undefined {
  if (attributes === undefined || names === undefined || names.length === 0) return undefined;
  // AWS: `*` is not documented, but answered with everything.
  if (names.some((name) => name === "All" || name === ".*" || name === "*")) return attributes;
  const requested = Object.entries(attributes).filter(([name]) => names.some((pattern) => isNamed(name, pattern)));
  return requested.length === 0 ? undefined : Object.fromEntries(requested);
}

function isNamed(name: string, pattern: string): boolean {
  return pattern.endsWith(".*") ? name.startsWith(pattern.slice(0, -2)) : name === pattern;
}
