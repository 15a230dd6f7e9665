import * as fc from "fast-check";
import { XMLParser } from "fast-xml-parser";
import { expect, test } from "vitest";
import {
  escaped,
  innerMargin,
  outerMargin,
  parentElement,
  textElement,
  xmlDocument,
} from "../../../src/protocol/query/encode.ts";

test.for([
  ["<a> & \"b\" 'c'", "&lt;a&gt; &amp; &quot;b&quot; 'c'"],
  ["&amp;", "&amp;amp;"],
  ["one\rtwo\r\nthree\n\tfour", "one&#xD;two&#xD;\nthree\n\tfour"],
  ["]]>", "]]&gt;"],
  ["é😀\u007f\u0085", "é😀\u007f\u0085"],
] as const)("%o is written %o", ([text, xml]) => {
  expect(escaped(text)).toBe(xml);
});

test.for([0x00, 0x08, 0x0b, 0x0c, 0x0e, 0x1f, 0xfffe, 0xffff])(
  "the character %i, which XML cannot carry, gives way to the replacement character",
  (code) => {
    expect(escaped(`a${String.fromCharCode(code)}b`)).toBe("a\ufffdb");
  },
);

test.for([0x09, 0x0a, 0x20, 0xd7ff, 0xe000, 0xfffd])("the character %i is left as it is", (code) => {
  expect(escaped(String.fromCharCode(code))).toBe(String.fromCharCode(code));
});

test("an element without content is written as one tag", () => {
  expect([textElement("A", "", ""), textElement("A", "b", "")]).toEqual(["<A/>", "<A>b</A>"]);
  expect([parentElement("A", "", ""), parentElement("A", "<B/>", "")]).toEqual(["<A/>", "<A><B/></A>"]);
});

test("a document is on one line behind a declaration", () => {
  expect(aDocument(false)).toBe('<?xml version="1.0"?><Root xmlns="urn:x"><A><B>c</B><D/></A></Root>');
});

test("a document is on many lines without a declaration", () => {
  expect(aDocument(true)).toBe(`<Root xmlns="urn:x">
  <A>
    <B>c</B>
    <D/>
  </A>
</Root>
`);
});

function aDocument(isIndented: boolean): string {
  const margin = outerMargin(isIndented);
  const inside = innerMargin(margin);
  const elements = parentElement("A", textElement("B", "c", inside) + textElement("D", "", inside), margin);
  return xmlDocument({ name: "Root", namespace: "urn:x", elements }, isIndented);
}

test("any text comes back out of a parser", () => {
  const parser = new XMLParser({ trimValues: false, parseTagValue: false, htmlEntities: true });
  const delicate = fc.constantFrom(
    "&",
    "<",
    ">",
    '"',
    "'",
    "\r",
    "\n",
    "\t",
    " ",
    "]]>",
    "&amp;",
    "#xD;",
    "\ud7ff",
    "\ufffd",
  );
  const text = fc.array(fc.oneof(delicate, fc.string({ unit: "grapheme" }))).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (given) => {
      const elements = textElement("It", escaped(`.${given}.`), "");
      const document = xmlDocument({ name: "Root", namespace: "urn:x", elements }, false);
      expect(parser.parse(document).Root.It).toBe(`.${given}.`);
    }),
  );
});
