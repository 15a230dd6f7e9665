import { isAscii, isUtf8 } from "node:buffer";
import { MalformedQueryString, RequestEntityTooLarge } from "../errors.ts";
import { mediaTypeOf, type WireRequest } from "../protocol.ts";
import { type CutList, FormRun } from "./form-run.ts";
import { unescaped } from "./unescape.ts";

/** One name in a form, such as `Attribute` in `Attribute.1.Name=DelaySeconds`, with what stands below it. */
export interface FormNode {
  /** The text given for the name itself. */
  value: string | undefined;
  /** In the order in which they came. */
  children: Map<string, FormNode> | undefined;
}

/** The parameters of a request. */
export interface Form extends FormNode {
  /** The list that ends before its end, if any does. */
  readonly cut: CutList | undefined;
}

/**
 * So many names are kept, each for itself: ten messages with ten attributes make some hundreds, and a name of a byte
 * becomes some three hundred in memory.
 */
const MOST_NAMES = 16 * 1024;
/** What may still come between and behind the items of a list that is too long, or before them. */
const MOST_NAMES_BESIDE = 1024;

/** Names nested deeper than any shape, or longer, are not looked at. */
const MAX_DEPTH = 16;
const MAX_NAME_LENGTH = 1000;

const AMPERSAND = 0x26;
const EQUALS = 0x3d;

/** The form read last: a request is routed by its form, then decoded, with nothing in between. */
let latest: { readonly request: WireRequest; readonly form: Form } | undefined;

/**
 * The parameters of a request, query string and body taken together, as the tree their dots describe. When a name is
 * given twice, the later one counts, and the body comes after the query string.
 *
 * Throws MalformedQueryString, and RequestEntityTooLarge when there are more names than any request needs; but of a
 * list that is alone to blame, what is too much is only counted.
 */
export function formOf(request: WireRequest): Form {
  if (latest?.request === request) return latest.form;
  const builder = new FormBuilder();
  if (request.query !== "") builder.add(Buffer.from(request.query, "latin1"));
  if (hasFormBody(request)) builder.add(request.body);
  const form = builder.form();
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

class FormBuilder {
  readonly #root: FormNode = { value: undefined, children: undefined };
  #left = MOST_NAMES;
  #run: FormRun | undefined;

  add(bytes: Buffer): void {
    const text = textOfBytes(bytes);
    const isPlain = text.length === bytes.length;
    for (let start = 0; start < text.length; ) {
      if (text.charCodeAt(start) === AMPERSAND) {
        start++;
        continue;
      }
      const ampersand = text.indexOf("&", start);
      const end = ampersand < 0 ? text.length : ampersand;
      if (!this.#run?.takes(text, start)) {
        let nameEnd = start;
        while (nameEnd < end && text.charCodeAt(nameEnd) !== EQUALS) nameEnd++;
        const valueStart = Math.min(nameEnd + 1, end);
        const escaped = text.slice(valueStart, end);
        const value = isPlain && !hasEscapes(escaped) ? ownCopy(escaped, bytes, valueStart) : unescaped(escaped);
        this.#place(nameOf(text.slice(start, nameEnd)), value);
      }
      start = end + 1;
    }
  }

  form(): Form {
    const { value, children } = this.#root;
    return { value, children, cut: this.#run && this.#cutBy(this.#run) };
  }

  #cutBy({ path, added }: FormRun): CutList {
    let list: FormNode | undefined = this.#root;
    for (const step of path) list = list?.children?.get(step);
    return { path, length: (list?.children?.size ?? 0) + added };
  }

  #place(name: string, value: string): void {
    if (name.length > MAX_NAME_LENGTH) return;
    const steps = name.includes(".") ? name.split(".", MAX_DEPTH + 1) : undefined;
    this.#left -= steps?.length ?? 1;
    if (this.#left < 0) this.#cut(name);
    if (steps === undefined) childOf(this.#root, name).value = value;
    else if (steps.length <= MAX_DEPTH) placeAt(this.#root, steps, value);
  }

  /** From here on one list is counted, not kept. */
  #cut(name: string): void {
    const run = this.#run === undefined ? FormRun.after(name) : undefined;
    if (run === undefined) throw new RequestEntityTooLarge();
    this.#run = run;
    this.#left = MOST_NAMES_BESIDE;
  }
}

function textOfBytes(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString("latin1");
  if (!isUtf8(bytes)) throw new MalformedQueryString();
  return bytes.toString("utf8");
}

/** V8 copies pieces that are shorter, and has longer ones share the memory of the whole. */
const SHORTEST_SHARED = 13;

/** A piece of the form, which messages keep: a copy of its own, lest it keep the whole. */
function ownCopy(piece: string, bytes: Buffer, start: number): string {
  return piece.length < SHORTEST_SHARED ? piece : bytes.toString("latin1", start, start + piece.length);
}

function hasEscapes(text: string): boolean {
  return text.includes("%") || text.includes("+");
}

function nameOf(text: string): string {
  return hasEscapes(text) ? unescaped(text) : text;
}

function placeAt(form: FormNode, steps: readonly string[], value: string): void {
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
