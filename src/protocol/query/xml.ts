/** Characters that would be taken for markup, or that a parser would not hand on as they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is there to find.
const DELICATE = /[&<>"\0-\x08\x0b-\x1f\ufffe\uffff]/g;

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  // AWS: quotes are escaped in text as well.
  '"': "&quot;",
  // A parser reads a bare carriage return as a line feed.
  "\r": "&#xD;",
};

/** XML has no way to write the other control characters, not even by number. */
const UNWRITABLE = "\ufffd";

/** What stands before an element: a line feed and its indentation, or nothing where all is on one line. */
export type Margin = string;

/** The text as it stands between two tags. */
export function escaped(text: string): string {
  return text.replace(DELICATE, (character) => REFERENCES[character] ?? UNWRITABLE);
}

/** An element around text that is escaped already. */
export function textElement(name: string, text: string, margin: Margin): string {
  return text === "" ? `${margin}<${name}/>` : `${margin}<${name}>${text}</${name}>`;
}

/** An element around elements that stand at the inner margin. */
export function parentElement(name: string, elements: string, margin: Margin): string {
  return elements === "" ? `${margin}<${name}/>` : `${margin}<${name}>${elements}${margin}</${name}>`;
}

/** The margin of the elements inside one. */
export function innerMargin(margin: Margin): Margin {
  return margin === "" ? "" : `${margin}  `;
}

/** What a document's root is made of. */
interface XmlRoot {
  readonly name: string;
  readonly namespace: string;
  /** Elements at the outer margin. */
  readonly elements: string;
}

/** The margin of the elements directly inside a document's root. */
export function outerMargin(isIndented: boolean): Margin {
  return isIndented ? "\n  " : "";
}

/** A whole document: on one line behind a declaration, or on many lines, the last one ended, without any. */
export function xmlDocument({ name, namespace, elements }: XmlRoot, isIndented: boolean): string {
  const root = `<${name} xmlns="${namespace}">${elements}`;
  return isIndented ? `${root}\n</${name}>\n` : `<?xml version="1.0"?>${root}</${name}>`;
}
