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

/** The text as it stands between two tags. */
export function escaped(text: string): string {
  return text.replace(DELICATE, (character) => REFERENCES[character] ?? UNWRITABLE);
}

/** An element around content that is XML already. */
export function element(name: string, content: string): string {
  return content === "" ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

/** A whole document, its root in a namespace. */
export function xmlDocument(root: string, namespace: string, content: string): string {
  return `<?xml version="1.0"?><${root} xmlns="${namespace}">${content}</${root}>`;
}
