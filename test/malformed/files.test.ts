import fc from "fast-check";
import { expect, test } from "vitest";
import { readConfig } from "../../src/provisioning/config/read-config.ts";
import { inDocument, readDocument } from "../../src/provisioning/document/document.ts";
import { DocumentError } from "../../src/provisioning/document/part.ts";
import { readFormat } from "../../src/provisioning/format/read-format.ts";

/** Whatever it is: it is read, or refused with one sentence. */
function readsOrRefuses(read: () => unknown): void {
  try {
    read();
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    expect(cause.message).not.toContain("\n");
    expect(cause.message.length).toBeLessThan(2000);
  }
}

const readers: readonly (readonly [string, (text: string) => unknown])[] = [
  [
    "waystation.yaml",
    (text) => {
      const document = readDocument("waystation.yaml", text);
      return inDocument(document, () => readConfig(document.root));
    },
  ],
  ["elasticmq.conf", (text) => readFormat("elasticmq.conf", text)],
  ["goaws.yaml", (text) => readFormat("goaws.yaml", text)],
  ["init.json", (text) => readFormat("init.json", text)],
];

/** What files are made of, in any order. */
const pieces = fc.constantFrom(
  ...["queues", "topics", "streams", "Local", "Queues", "Name", "subscriptions", "messages", "accounts", "settings"],
  ...[
    "{",
    "}",
    "[",
    "]",
    ":",
    " ",
    "\n",
    "\n  ",
    "- ",
    ",",
    "=",
    "+=",
    '"',
    '"""',
    "'",
    "#",
    "//",
    "&a ",
    "*a",
    "<<",
    "!!x ",
  ],
  ...["${", "${?a}", "${queues}", "10 s", "-1", "1e9", "true", "null", "~", "\\", "\u0000", "\t", "é", ".", "include "],
);
const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(""));
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -1, "a", "", "queues", [], {}),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        "queues",
        "topics",
        "streams",
        "subscriptions",
        "Local",
        "Queues",
        "Topics",
        "Name",
        "name",
        "messages",
        "records",
        "consumers",
        "Tags",
        "regions",
        "accounts",
        "settings",
        "__proto__",
      ),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;

test.for(readers)("%s of any pieces is read or refused with a sentence", ([, read]) => {
  fc.assert(
    fc.property(texts, (text) => readsOrRefuses(() => read(text))),
    { numRuns: 2000 },
  );
});

test.for(readers)("%s of any values is read or refused with a sentence", ([, read]) => {
  fc.assert(
    fc.property(values, (value) => readsOrRefuses(() => read(JSON.stringify(value)))),
    { numRuns: 2000 },
  );
});

test.for(readers)("%s of one thing many times is refused like any other", ([, read]) => {
  for (const piece of ["[", "{", "a {", "a.", "- ", "? ", "a: {", "*a ", "${a}", '"', "#", "&a ", "\n\n "]) {
    readsOrRefuses(() => read(piece.repeat(20_000)));
  }
});
