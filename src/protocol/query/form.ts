import { mediaTypeOf, type WireRequest } from "../protocol.ts";
import { unescaped } from "./percent.ts";

/** One name in a form, such as `Attribute` in `Attribute.1.Name=DelaySeconds`, with what stands below it. */
export interface FormNode {
  /** The text given for the name itself. */
  value: string | undefined;
  /** In the order in which they came. */
  children: Map<string, FormNode> | undefined;
}

/** Names nested deeper than any shape are not looked at. */
const MAX_DEPTH = 16;

const AMPERSAND = 0x26;
const EQUALS = 0x3d;

const forms = new WeakMap<WireRequest, FormNode>();

/**
 * The parameters of a request, query string and body taken together, as the tree their dots describe. When a name is
 * given twice, the later one counts, and the body comes after the query string. Throws MalformedQueryString.
 */
export function formOf(request: WireRequest): FormNode {
  let form = forms.get(request);
  if (form === undefined) {
    form = { value: undefined, children: undefined };
    if (request.query !== "") addParameters(form, Buffer.from(request.query, "latin1"));
    if (hasFormBody(request)) addParameters(form, request.body);
    forms.set(request, form);
  }
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
  for (let start = 0; start < bytes.length; ) {
    const ampersand = bytes.indexOf(AMPERSAND, start);
    const end = ampersand < 0 ? bytes.length : ampersand;
    let nameEnd = start;
    while (nameEnd < end && bytes[nameEnd] !== EQUALS) nameEnd++;
    if (end > start) place(form, unescaped(bytes, start, nameEnd), unescaped(bytes, Math.min(nameEnd + 1, end), end));
    start = end + 1;
  }
}

function place(form: FormNode, name: string, value: string): void {
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
