import fc from "fast-check";
import { expect, test } from "vitest";
import { readJson } from "../../../../src/engine/pattern/json/json-reader.ts";
import { JsonNumber, type JsonTree } from "../../../../src/engine/pattern/json/json-tree.ts";

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

function redacted(column: number, line = 1): string {
  return `[Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${line}, column: ${column}]`;
}

function read(text: string): unknown {
  const result = readJson(text);
  return "fault" in result ? result.fault : plain(result.tree);
}

/** The value JSON.parse would make of it. */
function plain(tree: JsonTree): unknown {
  if (tree instanceof JsonNumber) return Number(tree.text);
  if (Array.isArray(tree)) return tree.map(plain);
  if (tree instanceof Map) return Object.fromEntries(Array.from(tree, ([name, value]) => [name, plain(value)]));
  return tree;
}

test("what JSON.stringify writes is read as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, "\t", "\r\n"), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent).replace(/^\n/, "");
      expect(read(text)).toEqual(JSON.parse(text));
    }),
  );
});

test("any text is either JSON for JSON.parse too, or refused", () => {
  const fragments = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    '"a"',
    "1",
    "-",
    "0",
    ".",
    "e",
    "+",
    "true",
    "nul",
    "\\",
    " ",
    "\n",
    "/",
    "é",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...fragments)), (parts) => {
      const text = parts.join("");
      expect("tree" in readJson(text)).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("numbers keep their digits", () => {
  const result = readJson("[12345678901234567890, 1.10, -0, 3.015e2]");
  const digits = "tree" in result && Array.isArray(result.tree) ? result.tree : [];
  expect(digits.map((number) => (number instanceof JsonNumber ? number.text : undefined))).toEqual([
    "12345678901234567890",
    "1.10",
    "-0",
    "3.015e2",
  ]);
});

test("of equal names the last one counts", () => {
  expect(read('{"a":1,"b":2,"a":3}')).toEqual({ a: 3, b: 2 });
});

test("a member named __proto__ is a member like others", () => {
  const result = readJson('{"__proto__":1}');
  expect("tree" in result && result.tree instanceof Map && [...result.tree.keys()]).toEqual(["__proto__"]);
});

type Row = readonly [text: string, message: string, column: number, line?: number];

const FAULTS: readonly Row[] = [
  ["", "No content to map due to end-of-input", 1],
  [" \n ", "No content to map due to end-of-input", 2, 2],
  ["{invalid", "Unexpected character ('i' (code 105)): was expecting double-quote to start field name", 2],
  ['{"a":1,}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 8],
  ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 6],
  ['{"a":1 "b"', "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", 8],
  ["[1 2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 4],
  ['{"a":}', "Unexpected character ('}' (code 125)): expected a value", 6],
  ["[1,]", `Unexpected character (']' (code 93)): expected a valid value ${VALUES}`, 4],
  ["[,1]", `Unexpected character (',' (code 44)): expected a valid value ${VALUES}`, 2],
  ["[.5]", `Unexpected character ('.' (code 46)): expected a valid value ${VALUES}`, 2],
  ["\u20ac", `Unrecognized token '\u20ac': was expecting ${VALUES}`, 2],
  ["\u2026", `Unexpected character ('\u2026' (code 8230 / 0x2026)): expected a valid value ${VALUES}`, 1],
  ["invalid", `Unrecognized token 'invalid': was expecting ${VALUES}`, 8],
  ["[tru]", `Unrecognized token 'tru': was expecting ${VALUES}`, 5],
  ["[nullx]", `Unrecognized token 'nullx': was expecting ${VALUES}`, 7],
  ["x".repeat(300), `Unrecognized token '${"x".repeat(256)}...': was expecting ${VALUES}`, 257],
  ["NaN", "Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow", 4],
  ['"a', "Unexpected end-of-input: was expecting closing quote for a string value", 3],
  ['{"a', "Unexpected end-of-input in field name", 4],
  ['{"a"', "Unexpected end-of-input within/between Object entries", 5],
  ['{"a":1,', "Unexpected end-of-input within/between Object entries", 8],
  ["[1,", "Unexpected end-of-input within/between Array entries", 4],
  ['"\\', "Unexpected end-of-input in character escape sequence", 3],
  ['"\\u00', "Unexpected end-of-input in character escape sequence", 6],
  ["-", "Unexpected end-of-input in a Number value", 2],
  [
    '"a\nb"',
    "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value",
    3,
  ],
  [
    '{"\t":1}',
    "Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using backslash to be included in name",
    3,
  ],
  [
    "\u0001",
    "Illegal character ((CTRL-CHAR, code 1)): only regular white space (\\r, \\n, \\t) is allowed between tokens",
    1,
  ],
  ['"\\x"', "Unrecognized character escape 'x' (code 120)", 3],
  ['"\\u00g0"', "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence", 6],
  ["[01]", "Invalid numeric value: Leading zeroes not allowed", 3],
  [
    "[-a]",
    "Unexpected character ('a' (code 97)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value",
    3,
  ],
  ["[1.]", "Unexpected character (']' (code 93)) in numeric value: Decimal point not followed by a digit", 2],
  ["[1e]", "Unexpected character (']' (code 93)) in numeric value: Exponent indicator not followed by a digit", 2],
  ["[1e+]", "Unexpected character (']' (code 93)) in numeric value: Exponent indicator not followed by a digit", 2],
  [
    "[+1]",
    "Unexpected character ('+' (code 43)) in numeric value: JSON spec does not allow numbers to have plus signs: " +
      "enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow",
    2,
  ],
  ["1x", "Unexpected character ('x' (code 120)): Expected space separating root-level values", 2],
  [
    "[/]",
    "Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not recognized as one since Feature " +
      "'ALLOW_COMMENTS' not enabled for parser)",
    2,
  ],
  ['{"a":1]', `Unexpected close marker ']': expected '}' (for Object starting at ${redacted(1)})`, 8],
  ["[1}", `Unexpected close marker '}': expected ']' (for Array starting at ${redacted(1)})`, 4],
  ["{} }", `Unexpected close marker '}': expected ']' (for root starting at ${redacted(0)})`, 5],
  ["{", `Unexpected end-of-input: expected close marker for Object (start marker at ${redacted(1)})`, 2],
  ["\r\n [", `Unexpected end-of-input: expected close marker for Array (start marker at ${redacted(2, 2)})`, 3, 2],
  ["[\r1\n2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 1, 3],
];

test.for(FAULTS)("%j is refused: %s", ([text, message, column, line]) => {
  expect(read(text)).toBe(`${message}\n at ${redacted(column, line)}`);
});

test.for([
  ["{}", "START_OBJECT"],
  ["[]", "START_ARRAY"],
  ['"a"', "VALUE_STRING"],
  ["1", "VALUE_NUMBER_INT"],
  ["1.0", "VALUE_NUMBER_FLOAT"],
  ["true", "VALUE_TRUE"],
  ["null", "VALUE_NULL"],
])("a second value, %s, is refused as %s", ([second, token]) => {
  expect(read(`{} ${second}`)).toBe(
    `Trailing token (of type ${token}) found after value (bound as \`com.fasterxml.jackson.databind.JsonNode\`): ` +
      `not allowed as per \`DeserializationFeature.FAIL_ON_TRAILING_TOKENS\`\n at ${redacted(4)}`,
  );
});

test("values may be nested a thousand deep and no deeper", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
  expect("tree" in readJson(nested(1000))).toBe(true);
  expect(read(nested(1001))).toBe(
    "Document nesting depth (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)",
  );
});

test("numbers may have a thousand digits and no more", () => {
  expect("tree" in readJson("1".repeat(1000))).toBe(true);
  expect(read("1".repeat(1001))).toBe(
    "Number value length (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNumberLength()`)",
  );
});
