import type { Document, Node, Pair } from "yaml";
import { latePackage } from "../../kernel/load/late-package.ts";
import { strictComposer } from "./strict-composer.ts";
import { YamlError, type YamlNode } from "./yaml-node.ts";

type Yaml = typeof import("yaml");
type Token = import("yaml").CST.Token;

/**
 * Reads what `readYamlTree` takes for no YAML, which is more than it has to be: a bracket may close where the line of its
 * key begins, as everyone writes JSON. Five times as slow. Throws YamlError, in words that help.
 */
export function readTolerantYaml(text: string): YamlNode | undefined {
  return latePackage("yaml", (yaml: Yaml) => {
    const composer = strictComposer(yaml, { uniqueKeys: false, schema: "failsafe" }, failure);
    const [document, another] = composer.compose(soundTokens(yaml, text), true, text.length);
    if (another !== undefined) throw new YamlError("there is more than one document", another.range[0]);
    if (document === undefined || document.contents === null) return undefined;
    return new NodeCopier(yaml, document as Document).copy(document.contents as Node);
  });
}

function* soundTokens(yaml: Yaml, text: string): Generator<Token, void, void> {
  for (const token of new yaml.Parser().parse(text)) {
    if (token.type === "error") throw failure(token.message, token.offset);
    yield token;
  }
}

function failure(message: string, offset: number): YamlError {
  return new YamlError(sentenceOf(message), offset);
}

class NodeCopier {
  readonly #yaml: Yaml;
  readonly #document: Document;
  /** Those of lists and maps are there before what is in them. */
  readonly #copies = new Map<Node, YamlNode>();

  constructor(yaml: Yaml, document: Document) {
    this.#yaml = yaml;
    this.#document = document;
  }

  copy(node: Node | null): YamlNode {
    const { isAlias, isMap, isSeq, isScalar } = this.#yaml;
    const offset = node?.range?.[0] ?? 0;
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      return { kind: "alias", offset, name: node.source, target: target && this.#copies.get(target) };
    }
    const tag = node?.tag?.replace(/^tag:yaml\.org,2002:/, "!!");
    if (isSeq(node)) {
      const items: YamlNode[] = [];
      this.#copies.set(node, { kind: "list", offset, tag, items });
      for (const item of node.items) items.push(this.copy(item as Node | null));
    } else if (isMap(node)) {
      const pairs: (readonly [YamlNode, YamlNode])[] = [];
      this.#copies.set(node, { kind: "map", offset, tag, pairs });
      for (const { key, value } of node.items as Pair<Node, Node | null>[])
        pairs.push([this.copy(key), this.copy(value)]);
    } else if (isScalar(node)) {
      const { value, type } = node;
      this.#copies.set(node, { kind: "scalar", offset, tag, text: String(value ?? ""), isPlain: type === "PLAIN" });
    }
    return (node && this.#copies.get(node)) ?? { kind: "scalar", offset, tag, text: "", isPlain: true };
  }
}

/** The package's words, without the excerpt it shows below them. */
function sentenceOf(message: string): string {
  const [first = ""] = message.split("\n");
  if (/call stack/.test(first)) return "it is nested too deeply";
  const place = first.search(/ at line \d/);
  return place < 0 ? first : first.slice(0, place);
}
