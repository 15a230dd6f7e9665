/** What is in a plain head. */
export interface HeadLines {
  readonly target: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The same of one that was read with what ends it. */
interface ReadLines extends HeadLines {
  /** Where the body begins. */
  readonly bodyStart: number;
}

/** Of the values of plain heads those that are ASCII and not empty, with no more than the usual blank around them. */
const VALUE = "([!-~][ -~]*)(?<! )";
const TARGET = '(/[!"$-~]*)';
/** Where in what the expression finds the values begin. */
const FIRST_VALUE = 2;

/** The layout of heads whose headers have the same names, spelled the same, in the same order. */
class HeadLayout {
  readonly #expression: RegExp;
  readonly #names: readonly string[];

  constructor(spelled: readonly string[]) {
    const lines = spelled.map((name) => `\\r\\n${name}: ${VALUE}`);
    this.#expression = new RegExp(`^POST ${TARGET} HTTP/1\\.1${lines.join("")}\\r\\n\\r\\n`);
    this.#names = spelled.map((name) => name.toLowerCase());
  }

  read(text: string): ReadLines | undefined {
    const found = this.#expression.exec(text);
    if (found === null) return undefined;
    const headers: Record<string, string> = {};
    const names = this.#names;
    for (let index = 0; index < names.length; index++) {
      headers[names[index] as string] = found[FIRST_VALUE + index] as string;
    }
    return { target: found[1] as string, headers, bodyStart: (found[0] as string).length };
  }
}

/** So many layouts are known of all clients together; nobody has that many. */
const MOST_KNOWN = 64;
/** Those of longer names, or of more of them, are not worth an expression. */
const LONGEST_NAMES = 1024;
const MOST_HEADERS = 32;
const known = new Map<string, HeadLayout>();

/** So much is made a text to look for a head in. More costs more for what it reads of the body than it saves. */
const USUAL_BYTES = 2048;
const HEAD_END_BYTES = 4;
/** So many are tried for one connection: a client has one for each service, at the most. */
const MOST_TRIED = 3;

/**
 * The layouts of the heads that came on a connection. A client lays out one head like the other, so one expression reads nearly
 * all of them, which takes half as long as to look at line after line. What it reads is what is found line by line.
 */
export class HeadLayouts {
  /** The latest first. */
  readonly #tried: HeadLayout[] = [];
  /** How far the longest head reached, in steps of what is usual: those with tokens of STS are longer. */
  #reach = USUAL_BYTES;

  /** What is in the head that the bytes begin with, if one like it came before that was about as long. */
  read(bytes: Buffer): ReadLines | undefined {
    if (this.#tried.length === 0) return undefined;
    const text = bytes.toString("latin1", 0, this.#reach);
    for (let place = 0; place < this.#tried.length; place++) {
      const layout = this.#tried[place] as HeadLayout;
      const lines = layout.read(text);
      if (lines === undefined) continue;
      if (place > 0) {
        this.#tried.splice(place, 1);
        this.#tried.unshift(layout);
      }
      return lines;
    }
    return undefined;
  }

  /** Learns the layout of a plain head, of which there was none. */
  learn(head: string): void {
    const end = head.length + HEAD_END_BYTES;
    if (end > this.#reach) this.#reach = Math.ceil(end / USUAL_BYTES) * USUAL_BYTES;
    if (this.#tried.length === MOST_TRIED) return;
    const layout = layoutOf(head);
    if (layout !== undefined && !this.#tried.includes(layout)) this.#tried.push(layout);
  }
}

function layoutOf(head: string): HeadLayout | undefined {
  const names = head
    .split("\r\n")
    .slice(1)
    .map((line) => line.slice(0, line.indexOf(":")));
  const key = names.join(":");
  if (names.length > MOST_HEADERS || key.length > LONGEST_NAMES) return undefined;
  const there = known.get(key);
  if (there !== undefined || known.size === MOST_KNOWN) return there;
  const layout = new HeadLayout(names);
  known.set(key, layout);
  return layout;
}
