import { javaNumber } from "./json-scalars.ts";
import { JsonNumber, type JsonTree } from "./json-tree.ts";

/**
 * Where a streaming parser stands, as the 1-based column it would report. Strings are read lazily: on meeting one the
 * parser has only passed its opening quote, just as it has only passed the bracket of an array or object.
 */
interface Position {
  /** Having met the value: after a bracket, an opening quote, or all of a number or word. */
  readonly column: number;
  /** Having read all of it. */
  readonly endColumn: number;
}

export interface SourceMember {
  readonly name: string;
  readonly value: SourceNode;
}

/** A JSON value and its place in the compact text. */
export type SourceNode = Position &
  (
    | { readonly kind: "object"; readonly members: readonly SourceMember[] }
    | { readonly kind: "array"; readonly items: readonly SourceNode[] }
    | { readonly kind: "string" | "number"; readonly text: string }
    | { readonly kind: "word"; readonly value: boolean | null }
  );

/** A JSON text without white space, as AWS shows it in errors, and its values with their places in it. */
export interface CompactSource {
  /** The text as far as AWS ever shows it, or a little further. */
  readonly beginning: string;
  /** Of all of the text. */
  readonly length: number;
  readonly root: SourceNode;
}

/** AWS: so many characters of a text are shown. */
export const MAX_SHOWN = 500;

export function compactSource(tree: JsonTree): CompactSource {
  const writer = new CompactWriter();
  const root = writer.write(tree);
  return { beginning: writer.beginning, length: writer.length, root };
}

/** Knows where everything stands in the text; of the text itself it puts together what may be shown. */
class CompactWriter {
  beginning = "";
  length = 0;

  write(tree: JsonTree): SourceNode {
    if (typeof tree === "string") return this.#writeString(tree);
    if (tree instanceof JsonNumber) {
      const text = javaNumber(tree);
      const column = this.#append(text);
      return { kind: "number", text, column, endColumn: column };
    }
    if (tree === null || typeof tree === "boolean") {
      const column = this.#append(String(tree));
      return { kind: "word", value: tree, column, endColumn: column };
    }
    return Array.isArray(tree) ? this.#writeArray(tree) : this.#writeObject(tree);
  }

  #writeString(text: string): SourceNode {
    const column = this.#append('"');
    return { kind: "string", text, column, endColumn: this.#append(`${escaped(text)}"`) };
  }

  #writeArray(trees: readonly JsonTree[]): SourceNode {
    const column = this.#append("[");
    const items: SourceNode[] = [];
    for (const tree of trees) {
      if (items.length > 0) this.#append(",");
      items.push(this.write(tree));
    }
    return { kind: "array", items, column, endColumn: this.#append("]") };
  }

  #writeObject(tree: ReadonlyMap<string, JsonTree>): SourceNode {
    const column = this.#append("{");
    const members: SourceMember[] = [];
    for (const [name, value] of tree) {
      if (members.length > 0) this.#append(",");
      this.#append(`"${escaped(name)}":`);
      members.push({ name, value: this.write(value) });
    }
    return { kind: "object", members, column, endColumn: this.#append("}") };
  }

  /** The column after the text. */
  #append(text: string): number {
    if (this.length < MAX_SHOWN) this.beginning += text;
    this.length += text.length;
    return this.length + 1;
  }
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what JSON has to escape
  return text.replace(/["\\\u0000-\u001f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    return SHORT_ESCAPES[character] ?? `\\u${code.padStart(4, "0")}`;
  });
}
