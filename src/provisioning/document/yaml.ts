import type { Document, LineCounter, Node, Pair, Scalar, YAMLMap } from "yaml";
import { latePackage } from "../../kernel/load/late-package.ts";
import { DocumentError, type Path } from "./part.ts";

type Yaml = typeof import("yaml");

/** So many values are more than anyone writes; aliases can make as many of few. */
const MOST_VALUES = 100_000;

/** A document of YAML, of which JSON is a part. */
export interface YamlDocument {
  readonly value: unknown;
  /** Line and column, from 1, of a value or, where that is missing, of what it is missing in. */
  placeOf(path: Path): { readonly line: number; readonly column: number };
}

/** Reads YAML 1.2, with merge keys. Throws DocumentError, its message beginning with line and column. */
export function readYaml(text: string): YamlDocument {
  return latePackage("yaml", (yaml: Yaml) => {
    const lines = new yaml.LineCounter();
    const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const [error] = document.errors;
    if (error !== undefined) throw malformed(lines, error.pos[0], sentenceOf(error.message));
    const reader = new NodeReader(yaml, document, lines);
    return { value: reader.read(document.contents), placeOf: (path) => placeIn(yaml, document, lines, path) };
  });
}

/** Writes YAML. */
export function writeYaml(value: unknown): string {
  return latePackage("yaml", (yaml: Yaml) => yaml.stringify(value, { lineWidth: 0 }));
}

/** Makes plain values of nodes. Texts that JavaScript would write otherwise, `0012` or `1.10`, stay texts. */
class NodeReader {
  readonly #yaml: Yaml;
  readonly #document: Document;
  readonly #lines: LineCounter;
  #values = 0;

  constructor(yaml: Yaml, document: Document, lines: LineCounter) {
    this.#yaml = yaml;
    this.#document = document;
    this.#lines = lines;
  }

  read(node: Node | null, within: readonly Node[] = []): unknown {
    this.#values++;
    if (this.#values > MOST_VALUES) throw this.#error(node, `there are more than ${MOST_VALUES} values`);
    if (node === null) return null;
    const { isAlias, isMap, isSeq, isScalar } = this.#yaml;
    if (isScalar(node)) return scalarOf(node);
    if (within.includes(node)) throw this.#error(node, "an alias stands for something it is in");
    const inner = [...within, node];
    if (isMap(node)) return Object.fromEntries(this.#entriesOf(node as YAMLMap<Node, Node | null>, inner));
    if (isSeq(node)) return node.items.map((item) => this.read(item as Node | null, inner));
    if (isAlias(node)) return this.read(node.resolve(this.#document) ?? null, inner);
    return null;
  }

  #entriesOf(map: YAMLMap<Node, Node | null>, within: readonly Node[]): Map<string, unknown> {
    const merged = map.items.filter(isMerge).map((pair) => this.read(pair.value, within));
    const entries = new Map(merged.flat().flatMap((value) => Object.entries(value ?? {})));
    const own = new Set<string>();
    for (const { key, value } of map.items.filter((pair) => !isMerge(pair))) {
      if (!this.#yaml.isScalar(key)) throw this.#error(key, "a name must be a text");
      const name = key.source ?? String(key.value);
      if (own.has(name)) throw this.#error(key, `${name.slice(0, 64)} is there twice`);
      own.add(name);
      entries.set(name, this.read(value, within));
    }
    return entries;
  }

  #error(node: Node | null, sentence: string): DocumentError {
    return malformed(this.#lines, node?.range?.[0] ?? 0, sentence);
  }
}

function isMerge({ key }: Pair<Node, Node | null>): boolean {
  return (key as Scalar | null)?.value === "<<" && (key as Scalar).type === "PLAIN";
}

function scalarOf({ value, source }: Scalar): unknown {
  const isOdd = (typeof value === "number" || typeof value === "bigint") && String(value) !== source;
  return isOdd || typeof value === "bigint" ? source : value;
}

function placeIn(yaml: Yaml, document: Document, lines: LineCounter, path: Path) {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (yaml.isAlias(node)) node = node.resolve(document);
    if (yaml.isMap(node)) {
      const pair = node.items.find(({ key }) => yaml.isScalar(key) && (key.source ?? String(key.value)) === step);
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (yaml.isSeq(node)) {
      node = node.items[Number(step)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function malformed(lines: LineCounter, offset: number, sentence: string): DocumentError {
  const { line, col } = lines.linePos(offset);
  return new DocumentError(`${Math.max(line, 1)}:${Math.max(col, 1)}: ${sentence}`, []);
}

/** The package's words, without the excerpt it shows below them. */
function sentenceOf(message: string): string {
  const [first = ""] = message.split("\n");
  if (/call stack/.test(first)) return "it is nested too deeply";
  const place = first.search(/ at line \d/);
  return place < 0 ? first : first.slice(0, place);
}
