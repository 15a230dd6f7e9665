import { latePackage } from "../../kernel/load/late-package.ts";
import { inOneGo, type Steps } from "../../kernel/time/in-turns.ts";

type JsYaml = typeof import("js-yaml");
type Event = import("js-yaml").Event;
type ContentEvent = Exclude<Event, { type: 1 | 6 }>;
type ScalarEvent = Extract<Event, { type: 4 }>;

interface Place {
  /** Where it begins, in characters from 0. */
  readonly offset: number;
}

interface Tagged extends Place {
  /** As it is written, `!Sub`; undefined where there is none. */
  readonly tag: string | undefined;
}

export interface YamlScalar extends Tagged {
  readonly kind: "scalar";
  readonly text: string;
  /** Whether it is without quotes, and no block, so that it may be more than a text. */
  readonly isPlain: boolean;
}

export interface YamlMap extends Tagged {
  readonly kind: "map";
  readonly pairs: readonly (readonly [key: YamlNode, value: YamlNode])[];
}

interface YamlList extends Tagged {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
}

interface YamlAlias extends Place {
  readonly kind: "alias";
  readonly name: string;
  /** What it stands for; undefined when nothing before it has that name. */
  readonly target: YamlNode | undefined;
}

export type YamlNode = YamlScalar | YamlMap | YamlList | YamlAlias;

/** Why a text is no YAML, and where. */
export class YamlError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** What is no YAML for `readYamlTree`, and may be for more tolerant readers. */
export class YamlSyntaxError extends YamlError {}

/** What one text of YAML holds. */
interface YamlTree {
  /** Undefined when the text is empty. */
  readonly root: YamlNode | undefined;
  /** How many nodes there are, and ends of lists and maps. */
  readonly steps: number;
}

/** Reads a document of YAML whose lists and maps are on so many levels at most. Throws YamlError, YamlSyntaxError. */
export function readYamlTree(text: string, maxDepth: number): YamlTree {
  return inOneGo(yamlTreeSteps(text, maxDepth));
}

/** The same, step by step. */
export function* yamlTreeSteps(text: string, maxDepth: number): Steps<YamlTree> {
  const yaml = latePackage("js-yaml", (loaded: JsYaml) => loaded);
  yield;
  const events = eventsOf(yaml, text, maxDepth);
  yield;
  const tree = new TreeBuilder(yaml, text);
  for (const event of events) tree.take(event);
  return { root: tree.root, steps: events.length };
}

function eventsOf(yaml: JsYaml, text: string, maxDepth: number): readonly Event[] {
  try {
    // The package counts the scalar in the innermost list, too.
    return yaml.parseEvents(text, { maxDepth: maxDepth + 1 });
  } catch (cause) {
    if (!(cause instanceof yaml.YAMLException)) throw cause;
    const offset = cause.mark?.position ?? 0;
    if (cause.reason.includes("maxDepth")) throw new YamlError("it is nested too deeply", offset);
    throw new YamlSyntaxError(cause.reason, offset);
  }
}

class TreeBuilder {
  root: YamlNode | undefined;
  readonly #yaml: JsYaml;
  readonly #text: string;
  /** Lists and maps that have not ended, and the key of each map that waits for its value. */
  readonly #open: (YamlList | YamlMap)[] = [];
  readonly #keys: (YamlNode | undefined)[] = [];
  readonly #anchors = new Map<string, YamlNode>();
  #offset = 0;

  constructor(yaml: JsYaml, text: string) {
    this.#yaml = yaml;
    this.#text = text;
  }

  take(event: Event): void {
    const { DOCUMENT, POP } = this.#yaml.EVENT_ID;
    if (event.type === POP) this.#close();
    else if (event.type !== DOCUMENT) this.#add(event);
  }

  #add(event: ContentEvent): void {
    this.#offset = this.#offsetOf(event) ?? this.#offset;
    const node = this.#nodeOf(event);
    const within = this.#open.at(-1);
    if (within !== undefined) this.#put(node, within);
    else if (this.root === undefined) this.root = node;
    else throw new YamlError("there is more than one document", this.#offset);
    if (node.kind === "alias") return;
    if (event.anchorStart >= 0) this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), node);
    if (node.kind === "scalar") return;
    this.#open.push(node);
    this.#keys.push(undefined);
  }

  #close(): void {
    this.#open.pop();
    this.#keys.pop();
  }

  /** Keys and values of a map take turns. */
  #put(node: YamlNode, within: YamlList | YamlMap): void {
    if (within.kind === "list") {
      (within.items as YamlNode[]).push(node);
      return;
    }
    const last = this.#keys.length - 1;
    const key = this.#keys[last];
    this.#keys[last] = key === undefined ? node : undefined;
    if (key !== undefined) (within.pairs as (readonly [YamlNode, YamlNode])[]).push([key, node]);
  }

  /** Of a scalar that is not there, the place of what is said about it, if anything. */
  #offsetOf(event: ContentEvent): number | undefined {
    if (event.type === this.#yaml.EVENT_ID.ALIAS) return event.anchorStart - 1; // its asterisk
    const { SINGLE_QUOTED, DOUBLE_QUOTED } = this.#yaml.SCALAR_STYLE;
    let start = "start" in event ? event.start : event.valueStart;
    const isQuoted = "valueStart" in event && (event.style === SINGLE_QUOTED || event.style === DOUBLE_QUOTED);
    if (isQuoted) start--;
    if (start >= 0) return start;
    const said = Math.max(event.tagStart, event.anchorStart);
    return said < 0 ? undefined : said;
  }

  #nodeOf(event: ContentEvent): YamlNode {
    const { ALIAS, SCALAR, SEQUENCE } = this.#yaml.EVENT_ID;
    const offset = this.#offset;
    if (event.type === ALIAS) {
      const name = this.#text.slice(event.anchorStart, event.anchorEnd);
      return { kind: "alias", offset, name, target: this.#anchors.get(name) };
    }
    const tag = event.tagStart < 0 ? undefined : this.#text.slice(event.tagStart, event.tagEnd);
    if (event.type === SCALAR) return this.#scalarOf(event, tag);
    return event.type === SEQUENCE ? { kind: "list", offset, tag, items: [] } : { kind: "map", offset, tag, pairs: [] };
  }

  #scalarOf(event: ScalarEvent, tag: string | undefined): YamlScalar {
    const isPlain = event.style === this.#yaml.SCALAR_STYLE.PLAIN;
    const text = this.#yaml.getScalarValue(this.#text, event);
    return { kind: "scalar", offset: this.#offset, tag, text, isPlain };
  }
}
