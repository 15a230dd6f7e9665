import { DocumentError, type Path } from "../document/part.ts";

/** Objects and lists may be inside each other on so many levels. */
const MAX_DEPTH = 100;

/** Blanks, commas and comments. */
const GAP = /(?:[\s,]|(?:#|\/\/)[^\n]*(?:\n|$))*/y;
const BLANKS = /[ \t\r]*/y;
const KEY_PART = /"((?:[^"\\\n]|\\.)*)"|[^\s."{}[\]:=,+#`^?!@*&\\$]+/y;
const QUOTED = /"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"/y;
const PLAIN = /(?:(?!\/\/)[^\n,{}[\]"#$])+/y;
const SUBSTITUTION = /\$\{(\??)([^}\n]{1,256})\}/y;
const INCLUDE = /include\b[^\n]*/y;

type Members = Map<string, unknown>;

/** What another value stands for. */
class Substitution {
  readonly path: string;
  readonly isOptional: boolean;
  readonly at: number;

  constructor(path: string, isOptional: boolean, at: number) {
    this.path = path;
    this.isOptional = isOptional;
    this.at = at;
  }
}

/** What HOCON holds, and where. */
interface HoconDocument {
  readonly value: unknown;
  placeOf(path: Path): string;
}

/**
 * Reads what configurations of HOCON use: paths, objects that merge, lists, texts without quotes, comments, substitutions. Files
 * that are included are left out, and so are variables of the environment. Throws DocumentError.
 */
export function readHocon(name: string, text: string): HoconDocument {
  const reader = new HoconReader(name, text);
  const value = reader.read();
  return { value, placeOf: (path) => reader.placeOf(path) };
}

class HoconReader {
  readonly #name: string;
  readonly #text: string;
  readonly #places = new Map<string, number>();
  #at = 0;

  constructor(name: string, text: string) {
    this.#name = name;
    this.#text = text;
  }

  read(): unknown {
    this.#take(GAP);
    const isBraced = this.#text[this.#at] === "{";
    if (isBraced) this.#at++;
    const members: Members = new Map();
    this.#readMembers(members, [], isBraced ? "}" : undefined);
    this.#take(GAP);
    if (this.#at < this.#text.length) throw this.#error(this.#at, "this belongs to nothing");
    return this.#plain(members, members, 0);
  }

  placeOf(path: Path): string {
    for (let length = path.length; length > 0; length--) {
      const at = this.#places.get(path.slice(0, length).join("\0"));
      if (at !== undefined) return `${this.#name}:${this.#position(at)}`;
    }
    return `${this.#name}:1:1`;
  }

  #readMembers(members: Members, path: readonly string[], closer: string | undefined): void {
    if (path.length > MAX_DEPTH) throw this.#error(this.#at, "it is nested too deeply");
    for (;;) {
      this.#take(GAP);
      const next = this.#text[this.#at];
      if (next === closer) {
        this.#at++;
        return;
      }
      if (next === undefined) throw this.#error(this.#at, "a brace is missing");
      if (this.#take(INCLUDE) === undefined) this.#readMember(members, path);
    }
  }

  #readMember(members: Members, path: readonly string[]): void {
    const at = this.#at;
    const keys = this.#readKey();
    const whole = [...path, ...keys];
    this.#places.set(whole.join("\0"), at);
    let inside = members;
    for (const key of keys.slice(0, -1)) inside = membersIn(inside, key);
    const last = keys.at(-1) ?? "";
    this.#take(BLANKS);
    const mark = /\+=|[=:]/y;
    const given = this.#take(mark);
    this.#take(BLANKS);
    if (this.#text[this.#at] === "{") {
      this.#at++;
      return this.#readMembers(membersIn(inside, last), whole, "}");
    }
    if (given === undefined) throw this.#error(this.#at, `${last.slice(0, 64)} has no value`);
    this.#take(/\s*/y);
    const value = this.#readValue(whole);
    const before = inside.get(last);
    inside.set(last, given === "+=" ? [...(Array.isArray(before) ? before : []), value] : value);
  }

  #readKey(): readonly string[] {
    const keys: string[] = [];
    do {
      const part = this.#take(KEY_PART);
      if (part === undefined) throw this.#error(this.#at, "a name is expected here");
      keys.push(part.startsWith('"') ? this.#unquoted(part) : part);
    } while (this.#take(/\./y) !== undefined);
    return keys;
  }

  #readValue(path: readonly string[]): unknown {
    if (path.length > MAX_DEPTH) throw this.#error(this.#at, "it is nested too deeply");
    const first = this.#text[this.#at];
    if (first === "{") {
      this.#at++;
      const members: Members = new Map();
      this.#readMembers(members, path, "}");
      return members;
    }
    return first === "[" ? this.#readList(path) : this.#readText();
  }

  #readList(path: readonly string[]): unknown {
    this.#at++;
    const items: unknown[] = [];
    for (;;) {
      this.#take(GAP);
      if (this.#text[this.#at] === "]") break;
      if (this.#at >= this.#text.length) throw this.#error(this.#at, "a bracket is missing");
      items.push(this.#readValue([...path, String(items.length)]));
    }
    this.#at++;
    return items;
  }

  /** Texts side by side are one. */
  #readText(): unknown {
    const start = this.#at;
    const parts: unknown[] = [];
    for (;;) {
      const at = this.#at;
      const quoted = this.#take(QUOTED);
      const substitution = quoted === undefined ? this.#takeSubstitution(at) : undefined;
      const plain = quoted === undefined && substitution === undefined ? this.#take(PLAIN) : undefined;
      const part = quoted === undefined ? (substitution ?? plain) : this.#unquoted(quoted);
      if (part === undefined) break;
      parts.push(plain === undefined || plain.trim() !== "" ? part : "");
      if (this.#at === at) break;
    }
    if (this.#at === start) throw this.#error(start, "a value is expected here");
    if (parts.length === 1)
      return typeof parts[0] === "string" && this.#text[start] !== '"' ? scalarOf(parts[0].trim()) : parts[0];
    const [only, ...others] = parts.filter((part) => part !== "");
    return others.length === 0 && only instanceof Substitution ? only : parts.map(String).join("").trim();
  }

  #takeSubstitution(at: number): Substitution | undefined {
    SUBSTITUTION.lastIndex = at;
    const found = SUBSTITUTION.exec(this.#text);
    if (found === null) return undefined;
    this.#at += found[0].length;
    return new Substitution((found[2] ?? "").trim(), found[1] === "?", at);
  }

  /** Plain values, and what substitutions stand for. */
  #plain(value: unknown, root: Members, depth: number): unknown {
    if (depth > MAX_DEPTH) throw this.#error(0, "a substitution stands for something it is in");
    if (value instanceof Substitution) return this.#plain(this.#standsFor(value, root), root, depth + 1);
    if (Array.isArray(value)) return value.map((item) => this.#plain(item, root, depth + 1));
    if (!(value instanceof Map)) return value;
    const entries = [...(value as Members)].map(([key, part]) => [key, this.#plain(part, root, depth + 1)] as const);
    return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
  }

  #standsFor({ path, isOptional, at }: Substitution, root: Members): unknown {
    let found: unknown = root;
    for (const key of path.split(".")) found = found instanceof Map ? (found as Members).get(key) : undefined;
    if (found === undefined && !isOptional) throw this.#error(at, `there is no ${path.slice(0, 64)}`);
    return found;
  }

  #unquoted(text: string): string {
    if (text.startsWith('"""')) return text.slice(3, -3);
    try {
      return JSON.parse(text) as string;
    } catch {
      throw this.#error(this.#at, "a text is not as JSON has it");
    }
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#text)?.[0];
    if (taken !== undefined) this.#at += taken.length;
    return taken;
  }

  #error(at: number, sentence: string): DocumentError {
    return new DocumentError(`${this.#name}:${this.#position(at)}: ${sentence}`, []);
  }

  #position(at: number): string {
    const lines = this.#text.slice(0, at).split("\n");
    return `${lines.length}:${(lines.at(-1) ?? "").length + 1}`;
  }
}

/** Objects of one name merge; what was no object is replaced. */
function membersIn(members: Members, key: string): Members {
  const found = members.get(key);
  if (found instanceof Map) return found as Members;
  const made: Members = new Map();
  members.set(key, made);
  return made;
}

function scalarOf(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return undefined;
  return /^-?(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}
