import type { Document, Node, Pair } from "yaml";
import { latePackage } from "../../../kernel/load/late-package.ts";
import { strictComposer } from "../../document/strict-composer.ts";
import { mapOf, type Value } from "../value.ts";
import { MAX_DEPTH, Pace, type Pause } from "./limits.ts";
import { longForm, SHORT_TAGS } from "./short-forms.ts";
import { aliasError, malformed, meaningOf } from "./yaml-scalar.ts";

type Yaml = typeof import("yaml");
type Token = import("yaml").CST.Token;
type Collection = Extract<Token, { type: "block-map" | "block-seq" | "flow-collection" }>;
type Item = import("yaml").CST.CollectionItem;

/** The package has each value on at most three levels of its own. */
const LEVELS_PER_VALUE = 3;
/** What is longer is composed a part at a time: so many characters take some milliseconds. */
const LONGEST_PIECE = 8 * 1024;
/** A piece takes as long as so many tokens. */
const STEPS_PER_PIECE = 2000;

/**
 * Reads a template in YAML as `readYamlText` does, slower and more tolerant, and others have their turn meanwhile. Throws
 * TemplateError with the place where it stops being YAML.
 */
export async function readLongYamlText(text: string, pause: Pause): Promise<Value> {
  const yaml = latePackage("yaml", (loaded: Yaml) => loaded);
  const pace = new Pace(pause);
  const [document, ...more] = (await tokensOf(yaml, text, pace)).filter(({ type }) => type === "document");
  if (document?.type !== "document" || more.length > 0) throw malformed(text, more[0]?.offset ?? 0);
  if (document.value === undefined) return null;
  return new YamlPieces(yaml, text, pace).valueOf(document.value, text.length);
}

/** The tokens of a text; one of them is the document. */
async function tokensOf(yaml: Yaml, text: string, pace: Pace): Promise<readonly Token[]> {
  const parser = new yaml.Parser();
  const tokens: Token[] = [];
  for (const lexeme of new yaml.Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(sound(token, text));
    if (parser.stack.length > MAX_DEPTH * LEVELS_PER_VALUE) throw malformed(text, parser.offset);
    if (pace.isDue(1)) await pace.turn();
  }
  for (const token of parser.end()) tokens.push(sound(token, text));
  return tokens;
}

function sound(token: Token, text: string): Token {
  if (token.type === "error") throw malformed(text, token.offset);
  return token;
}

/** Makes values of tokens, of long ones part by part, so that others have their turn in between. */
class YamlPieces {
  readonly #yaml: Yaml;
  readonly #text: string;
  readonly #pace: Pace;
  readonly #options;

  constructor(yaml: Yaml, text: string, pace: Pace) {
    this.#yaml = yaml;
    this.#text = text;
    this.#pace = pace;
    const asItIs = <T>(value: T): T => value;
    this.#options = {
      version: "1.1" as const,
      schema: "failsafe" as const,
      uniqueKeys: true,
      customTags: SHORT_TAGS.flatMap((tag) => [
        { tag, resolve: asItIs<string> },
        { tag, collection: "map" as const, resolve: asItIs },
        { tag, collection: "seq" as const, resolve: asItIs },
      ]),
    };
  }

  /** The value of a token whose text ends there. */
  async valueOf(token: Token, end: number): Promise<Value> {
    if (!isCollection(token) || end - token.offset <= LONGEST_PIECE) return this.#composed(token);
    const entries: (readonly [string, Value])[] = [];
    let batch: Item[] = [];
    let batchStart = token.offset;
    const flush = async (): Promise<void> => {
      if (batch.length > 0) for (const entry of Object.entries(this.#part(token, batch))) entries.push(entry);
      batch = [];
      if (this.#pace.isDue(STEPS_PER_PIECE)) await this.#pace.turn();
    };
    for (const [index, item] of token.items.entries()) {
      const start = startOf(item, token);
      const next = token.items[index + 1];
      const itemEnd = next === undefined ? end : startOf(next, token);
      if (itemEnd - start > LONGEST_PIECE && isOpenable(item)) {
        await flush();
        entries.push([this.#keyOf(item), await this.valueOf(item.value, itemEnd)]);
      } else {
        if (batch.length === 0) batchStart = start;
        batch.push(item);
        if (itemEnd - batchStart > LONGEST_PIECE) await flush();
      }
    }
    await flush();
    return this.#whole(token, entries);
  }

  /** Some items of a collection, as if there were no others. */
  #part(token: Collection, [first, ...others]: readonly Item[]): object {
    const items = first === undefined ? [] : [{ ...first, start: first.start.filter(({ type }) => type !== "comma") }];
    // A key is measured from where its collection begins.
    const offset = first === undefined ? token.offset : startOf(first, token);
    const part = this.#composed({ ...token, offset, items: [...items, ...others] } as Token);
    return typeof part === "object" && part !== null ? part : [];
  }

  #whole(token: Collection, entries: readonly (readonly [string, Value])[]): Value {
    const isSequence = token.type === "block-seq" || (token.type === "flow-collection" && token.start.source === "[");
    if (isSequence) return entries.map(([, value]) => value);
    if (new Set(entries.map(([key]) => key)).size < entries.length) throw malformed(this.#text, token.offset);
    return mapOf(entries);
  }

  #keyOf({ key }: Item): string {
    return key ? String(this.#composed(key)) : "";
  }

  #composed(token: Token): Value {
    const document = { type: "document" as const, offset: token.offset, start: [], value: token };
    const composer = strictComposer(this.#yaml, this.#options, (_message, offset) => malformed(this.#text, offset));
    for (const composed of composer.compose([document as Token], true, token.offset)) {
      return this.#plainOf((composed as Document).contents as Node | null);
    }
    return null;
  }

  #plainOf(node: Node | null): Value {
    const { isAlias, isMap, isSeq, isScalar } = this.#yaml;
    if (node === null) return null;
    if (isAlias(node)) throw aliasError();
    let value: Value = null;
    if (isMap(node)) value = mapOf(node.items.map((pair) => this.#entryOf(pair as Pair<Node, Node | null>)));
    else if (isSeq(node)) value = node.items.map((item) => this.#plainOf(item as Node | null));
    else if (isScalar(node))
      value = meaningOf(String(node.value ?? ""), node.type === "PLAIN" && node.tag === undefined);
    const { tag } = node;
    if (tag === undefined || !tag.startsWith("!") || tag === "!") return value;
    const long = longForm(tag, value);
    if (long === undefined) throw malformed(this.#text, node.range?.[0] ?? 0);
    return long;
  }

  #entryOf({ key, value }: Pair<Node, Node | null>): readonly [string, Value] {
    if (!this.#yaml.isScalar(key)) throw malformed(this.#text, key.range?.[0] ?? 0);
    return [String(key.value ?? ""), this.#plainOf(value)];
  }
}

function isCollection(token: Token): token is Collection {
  return token.type === "block-map" || token.type === "block-seq" || token.type === "flow-collection";
}

/** Where the text of an item begins. */
function startOf({ start, key, sep, value }: Item, token: Token): number {
  return (start[0] ?? key ?? sep?.[0] ?? value ?? token).offset;
}

/** Whether nothing stands before key and value that would be lost with them. */
function isOpenable(item: Item): item is Item & { readonly value: Token } {
  const marks = [...item.start, ...(item.sep ?? [])];
  return (
    Boolean(item.value) && marks.every(({ type }) => type !== "tag" && type !== "anchor" && type !== "explicit-key-ind")
  );
}
