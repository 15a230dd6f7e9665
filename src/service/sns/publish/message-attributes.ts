import type { MessageAttribute, MessageAttributes } from "../../../kernel/message-attribute.ts";
import { present } from "../../../kernel/present.ts";
import type { Infer } from "../../../model/shape.ts";
import { isNumberValue, MAX_NAME_BYTES } from "../../number-value.ts";
import { ParameterValueInvalid } from "../errors.ts";
import type { messageAttributeMap } from "../shapes.ts";

/** Message attributes as they stand in requests. */
export type WireAttributes = Infer<typeof messageAttributeMap>;
type WireAttribute = WireAttributes[string];

const NAME_FAULT = /[^A-Za-z0-9_.-]|\.\./u;
const RESERVED_NAME = /^(?:aws|amazon)\./i;
/** Names SNS reads itself. Developer guide, message attributes for SMS and mobile push. */
const KNOWN_RESERVED_NAME = /^AWS\.(?:SNS\.(?:SMS|MOBILE)|MM\.SMS)\./;
/** A label of one's own may follow: `String.anything`. */
const TYPE = /^(String|Number|Binary)(?:\..+)?$/s;
const SURROGATE = /[\uD800-\uDFFF]/;

/** The attributes as the engine keeps them. Throws ParameterValueInvalid for the first that cannot be published. */
export function readMessageAttributes(given: WireAttributes): MessageAttributes | undefined {
  let attributes: Record<string, MessageAttribute> | undefined;
  for (const name in given) {
    // Without a prototype, so that every name is a name like any other.
    attributes ??= Object.create(null) as Record<string, MessageAttribute>;
    attributes[name] = readAttribute(name, present(given[name], "an attribute by its name"));
  }
  return attributes;
}

function readAttribute(name: string, attribute: WireAttribute): MessageAttribute {
  checkName(name);
  const { DataType: dataType } = attribute;
  const type = TYPE.exec(dataType)?.[1];
  if (type === undefined) return refuseType(name);
  const field = type === "Binary" ? "Binary" : "String";
  const value = field === "Binary" ? attribute.BinaryValue : attribute.StringValue;
  const other = field === "Binary" ? attribute.StringValue : attribute.BinaryValue;
  if (value === undefined && other !== undefined) {
    refuse(`The message attribute '${name}' with type '${dataType}' must use field '${field}'.`);
  }
  if (value === undefined || value.length === 0) {
    return refuse(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${dataType}'.`,
    );
  }
  if (typeof value === "string") checkText(name, type, value);
  return { dataType, value };
}

function checkName(name: string): void {
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) refuse("Length of message attribute name must be less than 256 bytes.");
  if (name === "") refuse("The message attribute name must not be empty.");
  if (name.startsWith(".")) refuse("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith(".")) refuse("Invalid message attribute name ending with character '.' was found.");
  const fault = NAME_FAULT.exec(name)?.[0];
  if (fault === "..") refuse("Message attribute name can not have successive '.' character.");
  if (fault !== undefined) {
    const code = present(fault.codePointAt(0), "a character that was found").toString(16).toUpperCase();
    refuse(
      `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  }
  // GAP: AWS's words for names that are reserved are not known; these are those of SQS.
  if (RESERVED_NAME.test(name) && !KNOWN_RESERVED_NAME.test(name)) {
    refuse("You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved.");
  }
}

function refuseType(name: string): never {
  return refuse(
    `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
  );
}

function checkText(name: string, type: string, value: string): void {
  if (type === "Number") {
    if (!isNumberValue(value)) refuse(`Could not cast message attribute '${name}' value to number.`);
  } else if (SURROGATE.test(value)) {
    refuse(`Invalid attribute value was passed in for message attribute '${name}'.`);
  }
}

function refuse(text: string): never {
  throw new ParameterValueInvalid(text);
}
