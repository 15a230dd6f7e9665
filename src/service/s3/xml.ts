import { XMLParser } from "fast-xml-parser";
import { MalformedXml } from "./errors.ts";

/** What an element holds; lists become as many elements of one name. */
type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** A document with that root. */
export function xmlDocument(root: string, content: Xml): string {
  return `${DECLARATION}<${root} xmlns="${NAMESPACE}">${inner(content)}</${root}>`;
}

function element(name: string, content: Xml): string {
  if (content === undefined) return "";
  if (Array.isArray(content)) return content.map((item) => element(name, item)).join("");
  return `<${name}>${inner(content)}</${name}>`;
}

function inner(content: Xml): string {
  if (content === undefined) return "";
  if (typeof content !== "object") return escaped(String(content));
  return Object.entries(content)
    .map(([name, part]) => element(name, part))
    .join("");
}

/** What XML cannot hold as it is; control characters can stand nowhere in it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is there to find.
const DELICATE = /[&<>"\0-\x08\x0b-\x1f\ufffe\uffff]/g;
const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

function escaped(text: string): string {
  return text.replace(DELICATE, (character) => REFERENCES[character] ?? "\ufffd");
}

/** AWS: DeleteObjects takes a thousand keys, of a thousand bytes and some. */
const MOST_XML = 4 * 1024 * 1024;

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: { enabled: true, maxTotalExpansions: 100_000 },
  isArray: (name) => name === "Object" || name === "Part",
});

/** The members of a document's root. Throws MalformedXML. */
export function readXml(bytes: Uint8Array, root: string): Readonly<Record<string, unknown>> {
  if (bytes.length > MOST_XML) throw new MalformedXml();
  try {
    const document = parser.parse(Buffer.from(bytes).toString(), true) as Readonly<Record<string, unknown>>;
    const found = document[root];
    if (typeof found === "object" && found !== null) return found as Readonly<Record<string, unknown>>;
    if (found === "") return {};
  } catch {
    // Whatever the parser dislikes is one error to S3.
  }
  throw new MalformedXml();
}
