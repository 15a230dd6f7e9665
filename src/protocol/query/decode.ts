import { present } from "../../kernel/present.ts";
import { parseIso8601 } from "../../kernel/time/iso8601.ts";
import { markCut } from "../../model/check.ts";
import { type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../../model/shape.ts";
import { RequestEntityTooLarge, SerializationException } from "../errors.ts";
import { blobFromText, booleanFromText, doubleFromText, readInstantText, readIntegerText } from "../scalars.ts";
import type { Form, FormNode } from "./form.ts";
import type { CutList } from "./form-run.ts";

type Reader = (node: FormNode) => unknown;

const readers = new WeakMap<Shape, Reader>();

/** What clients call the key of an entry, and its value, instead of what the shape says: old ones mix the services up. */
const KEY_NAMES = ["key", "Key", "Name", "name"];
const VALUE_NAMES = ["value", "Value"];

/** Around the entries of a map that is not flattened. */
const WRAPPER = "entry";

/** What an entry without a key or without a value has there. */
const NOTHING: FormNode = { value: "", children: undefined };

/** The value of the shape that the form holds. Parameters the shape does not know are not looked at. */
export function readForm(shape: StructureShape, form: Form): unknown {
  const structure = readerOf(shape)(form) as Readonly<Record<string, unknown>>;
  if (form.cut !== undefined) passOn(form.cut, structure, shape);
  return structure;
}

/** Tells a list that was cut how long it was. What is not refused for its length must not be taken for the whole. */
function passOn({ path, length }: CutList, structure: Readonly<Record<string, unknown>>, shape: StructureShape): void {
  for (const [name, member] of Object.entries(shape.members)) {
    const list = shapeOf(member);
    if (list.kind !== "list" || list.max === undefined) continue;
    const items = structure[name];
    const wrapper = list.flatName === undefined ? ".member" : "";
    if (path.join(".") !== memberName(name, list) + wrapper || !Array.isArray(items) || items.length <= list.max)
      continue;
    return markCut(items, length);
  }
  throw new RequestEntityTooLarge();
}

/** The name under which a member stands in a form. */
function memberName(name: string, shape: Shape): string {
  return shape.kind === "list" || shape.kind === "map" ? (shape.flatName ?? name) : name;
}

function readerOf(shape: Shape): Reader {
  let reader = readers.get(shape);
  if (reader === undefined) {
    reader = makeReader(shape);
    readers.set(shape, reader);
  }
  return reader;
}

function makeReader(shape: Shape): Reader {
  switch (shape.kind) {
    case "string":
      return readString;
    case "integer":
    case "long":
      return (node) => readInteger(shape.kind, node);
    case "double":
      return (node) => doubleFromText(readString(node));
    case "boolean":
      return readBoolean;
    case "blob":
      return readBlob;
    case "timestamp":
      return readTimestamp;
    case "list":
      return listReader(shape);
    case "map":
      return mapReader(shape);
    case "structure":
      return structureReader(shape);
  }
}

/**
 * AWS: what is flattened may stand under the name of its member, too. SDKs for Java write tags as `Tags.1.Key`, and
 * botocore an empty list as `TagKeys=`.
 */
function structureReader(shape: StructureShape): Reader {
  const members = Object.entries(shape.members).map(([name, member]) => {
    const own = shapeOf(member);
    return { name, formName: memberName(name, own), read: readerOf(own), readUnderName: readerUnderName(own) };
  });
  return ({ children }) => {
    const structure: Record<string, unknown> = {};
    for (const { name, formName, read, readUnderName } of members) {
      const node = children?.get(formName);
      const other = node === undefined && name !== formName ? children?.get(name) : undefined;
      if (node !== undefined) structure[name] = read(node);
      else if (other !== undefined) structure[name] = readUnderName(other);
    }
    return structure;
  };
}

/** AWS: under its member's name a list of structures is none that is flattened; `Entries.1.Id` is refused, as SDKs found out. */
function readerUnderName(shape: Shape): Reader {
  if (shape.kind !== "list" || shape.item.kind !== "structure" || shape.flatName === undefined) return readerOf(shape);
  const { flatName: _flat, ...wrapped } = shape;
  return listReader(wrapped);
}

function listReader({ item, flatName }: ListShape): Reader {
  const readItem = readerOf(item);
  return (node) => itemsOf(node, flatName === undefined ? "member" : undefined).map(readItem);
}

/** The map has no prototype, so that every key is a key like any other: `__proto__`, `constructor`. */
function mapReader({ value, flatName, keyName, valueName }: MapShape): Reader {
  const readValue = readerOf(value);
  return (node) => {
    const entries: Record<string, unknown> = Object.create(null);
    for (const entry of entriesOf(node, flatName !== undefined)) {
      const key = readString(partOf(entry, keyName, KEY_NAMES));
      entries[key] = readValue(partOf(entry, valueName, VALUE_NAMES));
    }
    return entries;
  };
}

function partOf({ children }: FormNode, name: string, otherNames: readonly string[]): FormNode {
  const node = children?.get(name);
  if (node !== undefined || children === undefined) return node ?? NOTHING;
  const other = otherNames.find((otherName) => children.has(otherName));
  return other === undefined ? NOTHING : present(children.get(other), "a child of the node");
}

/** The entries of a map, flattened or not, whichever of the two it is: `Attribute.1.Name`, `Attributes.entry.1.key`. */
function entriesOf(node: FormNode, isFlat: boolean): readonly FormNode[] {
  const wrapped = node.children?.get(WRAPPER);
  if (wrapped !== undefined) return itemsOf(wrapped, undefined);
  return numberedOf(node) ?? itemsOf(node, isFlat ? undefined : WRAPPER);
}

/**
 * The items under a name, in the order of their numbers: `Tag.1.Key`, or with a wrapper `Tags.member.1.Key`. Clients
 * write an empty list as `Tag=`, and old ones leave the number out when there is but one item: `Tag.Key`.
 */
function itemsOf(node: FormNode, wrapper: string | undefined): readonly FormNode[] {
  if (node.value === "" && node.children === undefined) return [];
  if (wrapper === undefined) return numberedOf(node) ?? [node];
  const wrapped = node.children?.get(wrapper);
  // AWS: said of lists whose items lack the wrapper.
  if (wrapped === undefined) throw new SerializationException("Top level element may not be treated as a list");
  return itemsOf(wrapped, undefined);
}

function numberedOf({ children = new Map() }: FormNode): readonly FormNode[] | undefined {
  const numbered: { readonly index: number; readonly node: FormNode }[] = [];
  for (const [name, node] of children) {
    if (/^\d+$/.test(name)) numbered.push({ index: indexOf(name), node });
  }
  if (numbered.length === 0) return undefined;
  return numbered.sort((a, b) => a.index - b.index).map(({ node }) => node);
}

function indexOf(name: string): number {
  const index = Number(name);
  if (index === 0) throw new SerializationException("0 is not a valid index");
  return index;
}

/** The scalars of a form are texts. */
function readString({ value, children }: FormNode): string {
  if (value === undefined && children !== undefined) {
    throw new SerializationException("Start of list found where not expected");
  }
  return value ?? "";
}

function readInteger(kind: "integer" | "long", node: FormNode): number {
  return readIntegerText(kind, readString(node));
}

function readBoolean(node: FormNode): boolean {
  return booleanFromText(readString(node));
}

function readBlob(node: FormNode): Uint8Array {
  return blobFromText(readString(node));
}

/** On the wire an instant is written out: `2012-04-26T20:45:04Z`. */
function readTimestamp(node: FormNode): number {
  return readInstantText(readString(node), parseIso8601);
}
