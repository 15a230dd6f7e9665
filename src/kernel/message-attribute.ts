/** A message attribute as sent. Text for String and Number types, bytes for Binary ones. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with its custom label if it has one. */
  readonly dataType: string;
  readonly value: string | Uint8Array;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** Attributes as events have them: plain data, bytes in base64. */
export type PlainAttributes = Readonly<Record<string, PlainAttribute>>;

type PlainAttribute =
  | { readonly dataType: string; readonly value: string }
  | { readonly dataType: string; readonly base64: string };

/** The attributes as an event has them: the same object where all of them are texts. */
export function plainAttributes(attributes: MessageAttributes): PlainAttributes {
  return hasTextsOnly(attributes) ? attributes : mapped(attributes, toPlain);
}

/** The attributes of an event. */
export function attributesOfPlain(plain: PlainAttributes): MessageAttributes {
  return mapped(plain, fromPlain);
}

function hasTextsOnly(attributes: MessageAttributes): attributes is Readonly<Record<string, PlainText>> {
  for (const name in attributes) if (typeof attributes[name]?.value !== "string") return false;
  return true;
}

type PlainText = Extract<PlainAttribute, { readonly value: string }>;

function toPlain(attribute: MessageAttribute): PlainAttribute {
  const { dataType, value } = attribute;
  return typeof value === "string" ? { dataType, value } : { dataType, base64: base64Of(value) };
}

function base64Of({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

function fromPlain(plain: PlainAttribute): MessageAttribute {
  const { dataType } = plain;
  return { dataType, value: "value" in plain ? plain.value : Buffer.from(plain.base64, "base64") };
}

/** Without a prototype, so that every name is a name like any other. */
function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  to: (value: From) => To,
): Readonly<Record<string, To>> {
  const result = Object.create(null) as Record<string, To>;
  for (const name in record) {
    const value = record[name];
    if (value !== undefined) result[name] = to(value);
  }
  return result;
}
