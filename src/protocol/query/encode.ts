import { base64Of, type MaybeBase64 } from "../../kernel/base64.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import { type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../../model/shape.ts";

/** Characters that would be taken for markup, or that a parser would not hand on as they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is there to find.
const DELICATE = /[&<>"\0-\x08\x0b-\x1f\ufffe\uffff]/g;

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  // AWS: quotes are escaped in text as well.
  '"': "&quot;",
  // A parser reads a bare carriage return as a line feed.
  "\r": "&#xD;",
};

/** XML has no way to write the other control characters, not even by number. */
const UNWRITABLE = "\ufffd";

/** What stands before an element: a line feed and its indentation, or nothing where all is on one line. */
export type Margin = string;

/** The text as it stands between two tags. */
export function escaped(text: string): string {
  // Most texts have none: to look takes half as long as to replace none.
  if (text.search(DELICATE) < 0) return text;
  return text.replace(DELICATE, (character) => REFERENCES[character] ?? UNWRITABLE);
}

/** An element around text that is escaped already. */
export function textElement(name: string, text: string, margin: Margin): string {
  return text === "" ? `${margin}<${name}/>` : `${margin}<${name}>${text}</${name}>`;
}

/** An element around elements that stand at the inner margin. */
export function parentElement(name: string, elements: string, margin: Margin): string {
  return elements === "" ? `${margin}<${name}/>` : `${margin}<${name}>${elements}${margin}</${name}>`;
}

/** The margin of the elements inside one. */
export function innerMargin(margin: Margin): Margin {
  return margin === "" ? "" : `${margin}  `;
}

/** What a document's root is made of. */
interface XmlRoot {
  readonly name: string;
  readonly namespace: string;
  /** Elements at the outer margin. */
  readonly elements: string;
}

/** The margin of the elements directly inside a document's root. */
export function outerMargin(isIndented: boolean): Margin {
  return isIndented ? "\n  " : "";
}

/** A whole document: on one line behind a declaration, or on many lines, the last one ended, without any. */
export function xmlDocument({ name, namespace, elements }: XmlRoot, isIndented: boolean): string {
  const root = `<${name} xmlns="${namespace}">${elements}`;
  return isIndented ? `${root}\n</${name}>\n` : `<?xml version="1.0"?>${root}</${name}>`;
}

/** Writes what stands between the tags of an element: text, or elements at the margin. */
type Writer = (value: unknown, margin: Margin) => string;

const writers = new WeakMap<Shape, Writer>();

/** The value as XML elements at that margin, in the order of the shape's members. Absent members are left out. */
export function xmlOf(shape: StructureShape, value: unknown, margin: Margin): string {
  return writerOf(shape)(value, margin);
}

function writerOf(shape: Shape): Writer {
  let writer = writers.get(shape);
  if (writer === undefined) {
    writer = makeWriter(shape);
    writers.set(shape, writer);
  }
  return writer;
}

function makeWriter(shape: Shape): Writer {
  switch (shape.kind) {
    case "string":
      return (value) => escaped(String(value));
    case "integer":
    case "long":
    case "double":
    case "boolean":
      return String;
    case "blob":
      return (value) => base64Of(value as MaybeBase64);
    case "timestamp":
      return (value) => formatIso8601(value as number);
    case "list":
      return listWriter(shape);
    case "map":
      return mapWriter(shape);
    case "structure":
      return structureWriter(shape);
  }
}

/** Writes an element of that name and shape, its tags at the margin. */
function elementWriter(name: string, shape: Shape): Writer {
  const write = writerOf(shape);
  if (!isParent(shape)) return (value, margin) => textElement(name, write(value, margin), margin);
  return (value, margin) => parentElement(name, write(value, innerMargin(margin)), margin);
}

function isParent({ kind }: Shape): boolean {
  return kind === "list" || kind === "map" || kind === "structure";
}

function listWriter({ item, flatName = "member" }: ListShape): Writer {
  const write = elementWriter(flatName, item);
  return (value, margin) => {
    let xml = "";
    for (const entry of value as readonly unknown[]) xml += write(entry, margin);
    return xml;
  };
}

function mapWriter({ value: item, flatName = "entry", keyName, valueName }: MapShape): Writer {
  const write = elementWriter(valueName, item);
  return (value, margin) => {
    const inside = innerMargin(margin);
    let xml = "";
    for (const [key, entry] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      xml += parentElement(flatName, textElement(keyName, escaped(key), inside) + write(entry, inside), margin);
    }
    return xml;
  };
}

function structureWriter({ members }: StructureShape): Writer {
  const parts = Object.entries(members).map(([name, member]) => ({ name, write: memberWriter(name, shapeOf(member)) }));
  return (value, margin) => {
    const structure = value as Readonly<Record<string, unknown>>;
    let xml = "";
    for (const { name, write } of parts) {
      const given = structure[name];
      if (given !== undefined) xml += write(given, margin);
    }
    return xml;
  };
}

/** A flattened list or map has no element of its own: its items stand where it would. */
function memberWriter(name: string, shape: Shape): Writer {
  const isFlat = (shape.kind === "list" || shape.kind === "map") && shape.flatName !== undefined;
  return isFlat ? writerOf(shape) : elementWriter(name, shape);
}
