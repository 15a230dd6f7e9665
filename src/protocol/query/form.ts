import { isAscii, isUtf8 } from "node:buffer";
import { MalformedQueryString } from "../errors.ts";
import { mediaTypeOf, type WireRequest } from "../protocol.ts";

/** One name in a form, such as `Attribute` in `Attribute.1.Name=DelaySeconds`, with what stands below it. */
export interface FormNode {
  /** The text given for the name itself. */
  value: string | undefined;
  /** In the order in which they came. */
  children: Map<string, FormNode> | undefined;
}

/** Names nested deeper than any shape, or longer, are not looked at. */
const MAX_DEPTH = 16;
const MAX_NAME_LENGTH = 1000;

const EQUALS = 0x3d;

/** The form read last: a request is routed by its form, then decoded, with nothing in between. */
let latest: { readonly request: WireRequest; readonly form: FormNode } | undefined;

/**
 * The parameters of a request, query string and body taken together, as the tree their dots describe. When a name is
 * given twice, the later one counts, and the body comes after the query string. Throws MalformedQueryString.
 */
export function formOf(request: WireRequest): FormNode {
  if (latest?.request === request) return latest.form;
  const form: FormNode = { value: undefined, children: undefined };
  if (request.query !== "") addParameters(form, Buffer.from(request.query, "latin1"));
  if (hasFormBody(request)) addParameters(form, request.body);
  latest = { request, form };
  return form;
}

/** The text given for a name at the top of the form. */
export function textOf(form: FormNode, name: string): string | undefined {
  return form.children?.get(name)?.value;
}

function hasFormBody(request: WireRequest): boolean {
  const type = mediaTypeOf(request);
  return type === "application/x-www-form-urlencoded" || type === "";
}

function addParameters(form: FormNode, bytes: Buffer): void {
  const text = textOfBytes(bytes);
  const isPlain = text.length === bytes.length;
  for (let start = 0; start < text.length; ) {
    const ampersand = text.indexOf("&", start);
    const end = ampersand < 0 ? text.length : ampersand;
    let nameEnd = start;
    while (nameEnd < end && text.charCodeAt(nameEnd) !== EQUALS) nameEnd++;
    const valueStart = Math.min(nameEnd + 1, end);
    const escaped = text.slice(valueStart, end);
    // Piece and whole share their memory, and a message keeps its texts: so values are copies of their own.
    const value = isPlain && !hasEscapes(escaped) ? bytes.toString("latin1", valueStart, end) : unescaped(escaped);
    if (end > start) place(form, nameOf(text.slice(start, nameEnd)), value);
    start = end + 1;
  }
}

function textOfBytes(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString("latin1");
  if (!isUtf8(bytes)) throw new MalformedQueryString();
  return bytes.toString("utf8");
}

function hasEscapes(text: string): boolean {
  return text.includes("%") || text.includes("+");
}

function nameOf(text: string): string {
  return hasEscapes(text) ? unescaped(text) : text;
}

/** The text with its escapes undone: `%41` is an A, `+` a blank. Throws MalformedQueryString, also when it is not UTF-8. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new MalformedQueryString();
  }
}

function place(form: FormNode, name: string, value: string): void {
  if (name.length > MAX_NAME_LENGTH) return;
  if (!name.includes(".")) {
    childOf(form, name).value = value;
    return;
  }
  const steps = name.split(".", MAX_DEPTH + 1);
  if (steps.length > MAX_DEPTH) return;
  let node = form;
  for (const step of steps) node = childOf(node, step);
  node.value = value;
}

function childOf(node: FormNode, name: string): FormNode {
  node.children ??= new Map();
  let child = node.children.get(name);
  if (child === undefined) {
    child = { value: undefined, children: undefined };
    node.children.set(name, child);
  }
  return child;
}
