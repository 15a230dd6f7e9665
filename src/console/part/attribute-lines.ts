/** Attributes of lines such as `type=order`: a number where it looks like one, a list where it is one in JSON. Throws Error. */
export function attributesOf(lines: string): Readonly<Record<string, string | number | readonly unknown[]>> {
  return Object.fromEntries(linesIn(lines).map((line) => attributeOf(line)));
}

/** An attribute as SendMessage takes it. */
type SentAttribute = { readonly DataType: string } & (
  | { readonly StringValue: string }
  | { readonly BinaryValue: string }
);

/** `code:String=100`, with a value in JSON where it has more than one line. */
const TYPED = /^([\w.-]+):([A-Za-z]+(?:\.[^=]*)?)=(.*)$/;

/** Attributes of such lines as SendMessage takes them, where a list is a text; `code:String=100` says which type. Throws Error. */
export function messageAttributesOf(lines: string): Readonly<Record<string, SentAttribute>> | undefined {
  const entries = linesIn(lines).map((line) => {
    const [, name, DataType, text] = TYPED.exec(line) ?? [];
    if (name === undefined || DataType === undefined || text === undefined) return sentOf(attributeOf(line));
    const value = text.startsWith('"') ? String(JSON.parse(text)) : text;
    const isBinary = DataType.split(".")[0] === "Binary";
    return [name, isBinary ? { DataType, BinaryValue: value } : { DataType, StringValue: value }] as const;
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The lines that say the same as attributes that a message has. */
export function linesOf(
  attributes: Readonly<Record<string, { readonly type: string; readonly value: string }>>,
): string {
  return Object.entries(attributes)
    .map(
      ([name, { type, value }]) => `${name}:${type}=${/^"|\n|\r|^\s|\s$/.test(value) ? JSON.stringify(value) : value}`,
    )
    .join("\n");
}

function linesIn(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

type Attribute = readonly [name: string, value: string | number | readonly unknown[]];

function attributeOf(line: string): Attribute {
  const at = line.indexOf("=");
  if (at < 1) throw new Error(`An attribute is a line such as type=order, not "${line}".`);
  return [line.slice(0, at).trim(), valueIn(line.slice(at + 1).trim())];
}

function valueIn(text: string): Attribute[1] {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (!text.startsWith("[")) return text;
  const list: unknown = JSON.parse(text);
  return Array.isArray(list) ? list : text;
}

function sentOf([name, value]: Attribute): readonly [string, SentAttribute] {
  const DataType = typeof value === "number" ? "Number" : "String";
  return [name, { DataType, StringValue: typeof value === "object" ? JSON.stringify(value) : String(value) }];
}
