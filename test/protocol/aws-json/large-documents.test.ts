import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { JsonCursor } from "../../../src/kernel/json/json-cursor.ts";
import { hasMoreValues } from "../../../src/kernel/json/json-value-count.ts";
import { sentLength } from "../../../src/model/check.ts";
import { blob, list, map, required, string, structure } from "../../../src/model/shape.ts";
import { awsJson1_0, awsJson1_1 } from "../../../src/protocol/aws-json/aws-json.ts";
import { sortedJsonOf } from "../../../src/protocol/aws-json/encode-sorted.ts";
import { SerializationException } from "../../../src/protocol/errors.ts";
import { MOST_VALUES, prunedDocument } from "../../../src/protocol/pruned-document.ts";
import { anInput } from "../arbitrary.ts";
import { decoded, refusal } from "../bodies.ts";

const MANY = 100_000;
const entry = structure({ Id: required(string()), Tags: map(string()) });
const input = structure({
  Entries: list(entry, { max: 10 }),
  Names: list(string()),
  Labels: map(string(), { max: 3 }),
  Attributes: map(string()),
  Text: string(),
});
interface Input {
  readonly Entries?: readonly unknown[];
  readonly Labels?: object;
  readonly Text?: string;
}

const read = (json: string) => decoded(awsJson1_0, input, json) as Input;
const listOf = (item: string, count = MANY) => `[${Array.from({ length: count }, () => item).join()}]`;
const cursorOf = (json: string) => new JsonCursor(Buffer.from(json), () => new SerializationException(""));
const entriesOf = (entry: (index: number) => string, count = MANY) =>
  `{${Array.from({ length: count }, (_, index) => entry(index)).join()}}`;
const TOO_LARGE = { shape: "RequestEntityTooLargeException", status: 413 };
const MALFORMED = { shape: "SerializationException", message: "" };

describe("of a document with more values than any request needs", () => {
  test("a list with a maximum is read one item past it, and knows how long it was", () => {
    const { Entries = [], Text } = read(`{"Entries":${listOf('{"Id":"a"}')},"Text":"behind"}`);
    expect([Entries.length, sentLength(Entries), Text]).toEqual([11, MANY, "behind"]);
  });

  test("a map with a maximum is read one entry past it", () => {
    const { Labels = {} } = read(`{"Labels":${entriesOf((index) => `"${index}":"v"`)}}`);
    expect(Object.keys(Labels)).toEqual(["0", "1", "2", "3"]);
  });

  test("entries that are null or come twice do not fill a map", () => {
    const labels = `{"a":null,"b":"1","b":"2","c":"3","d":null,"e":"5","f":"6","g":"7"}`;
    const { Labels = {} } = read(`{"Labels":${labels},"Unknown":${listOf("1")}}`);
    expect({ ...Labels }).toEqual({ b: "2", c: "3", e: "5", f: "6" });
  });

  test("what the shape does not know makes nothing, however much it is", () => {
    const parse = vi.spyOn(JSON, "parse");
    expect(read(`{"Unknown":${listOf('{"a":[1,"\\\\",true]}')},"Text":"x"}`)).toEqual({ Text: "x" });
    expect(parse).not.toHaveBeenCalled();
  });

  test.for([
    ["a list without a maximum", `{"Names":${listOf('"a"')}}`],
    ["a map without a maximum", `{"Attributes":${entriesOf((index) => `"${index}":"v"`)}}`],
    ["a map in an entry", `{"Entries":[{"Id":"a","Tags":${entriesOf((index) => `"${index}":"v"`)}}]}`],
    ["a list of nothing but nulls", `{"Names":${listOf("null")}}`],
    ["a member that comes again and again", entriesOf(() => '"Text":"x"')],
  ] as const)("%s is refused as too large", ([, json]) => {
    expect(refusal(awsJson1_0, input, json)).toMatchObject(TOO_LARGE);
  });

  test.for([
    ["a text", `{"Text":${listOf("1")}}`, "Start of list found where not expected"],
    ["a list", `{"Entries":${entriesOf(() => '"a":1')}}`, "Start of structure or map found where not expected."],
    ["a structure", `{"Entries":[${listOf("1")}]}`, "Start of list found where not expected"],
    ["a map", `{"Labels":${listOf("1")}}`, "Start of list found where not expected"],
  ] as const)("a list or map in the place of %s is refused as it is elsewhere", ([, json, message]) => {
    expect(refusal(awsJson1_0, input, json)).toMatchObject({ message });
  });

  test.for([
    ["ends early", `{"Entries":${listOf("{}").slice(0, -1)}`],
    ["goes on behind its end", `{"Entries":${listOf("{}")}}}`],
    ["is a list", listOf("{}")],
    ["has a comma too many", `{"Entries":${listOf("{}").replace("]", ",]")}}`],
    ["is lists in lists without end", `{"Unknown":${"[".repeat(MANY)}`],
    ["is a thousand and one levels deep", `{"Unknown":${"[".repeat(1001)}${"]".repeat(1001)},"Names":${listOf("1")}}`],
    ["is objects in objects without end", '{"":'.repeat(MANY)],
    ["is no UTF-8", Buffer.from(`{"Text":"\xff","Entries":${listOf("{}")}}`, "latin1")],
  ] as const)("one that %s is malformed", ([, body]) => {
    expect(refusal(awsJson1_0, input, body)).toMatchObject(MALFORMED);
  });

  test("a put of too many records is cut as well", () => {
    const { Entries = [] } = decoded(awsJson1_1, input, `{"Entries":${listOf('{"Id":"a"}')}}`) as Input;
    expect([Entries.length, sentLength(Entries)]).toEqual([11, MANY]);
  });
});

test("all that the shape knows is read as it is elsewhere", () => {
  fc.assert(
    fc.property(anInput(), ({ shape, value }) => {
      const json = Buffer.from(sortedJsonOf(shape, value)).toString();
      const padded = `{"un known":${listOf("1")}${json === "{}" ? "" : ","}${json.slice(1)}`;
      // Blobs are there until the next document is read, which may have them in another order.
      const read = structuredClone(decoded(awsJson1_1, shape, padded));
      expect(read).toEqual(decoded(awsJson1_1, shape, json));
    }),
    { numRuns: 30 },
  );
});

test("members nobody knows are passed over, however many they are", () => {
  const unknown = entriesOf((index) => `"${index}":1`).slice(1, -1);
  expect(decoded(awsJson1_0, input, `{${unknown},"\\u0054ext":"known"}`)).toEqual({ Text: "known" });
});

test.for([awsJson1_0, awsJson1_1])(
  "of a blob that is none the beginning is repeated, and what is wrong with it: $name",
  (protocol) => {
    const text = "AAA*".repeat(500_000);
    const { message } = refusal(protocol, structure({ It: blob() }), `{"It":"${text}"}`);
    expect(message).toBe(`'${text.slice(0, 16_384)}' can not be converted to a Blob: Invalid Base64 character: '*'`);
  },
);

test("values up to the limit are all read", () => {
  const most = MOST_VALUES - 2; // beside the document and the list
  const { Names } = decoded(awsJson1_0, input, `{"Names":${listOf('"name"', most)}}`) as { Names: readonly string[] };
  expect(Names).toHaveLength(most);
});

const document = fc.json({ maxDepth: 5, noUnicodeString: false });
const anything = structure({ a: list(structure({ a: string() })), b: map(string()) });

test("a cursor reads and skips what JSON.parse reads, and refuses what it refuses", () => {
  const mangled = fc.tuple(document, fc.nat(), fc.constantFrom("", ",", "]", "}", '"', "\\", "1", ".", "e", " ", "\n"));
  const texts = fc.oneof(
    document,
    mangled.map(
      ([json, at, piece]) => json.slice(0, at % (json.length + 1)) + piece + json.slice((at + 1) % json.length),
    ),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const isJson = isParsed(text);
      expect(isSkipped(text)).toBe(isJson);
      if (isJson) expect(isPruned(`{"a":[{"a":"x"}],"u":${text},"b":{"k":"v"}}`)).toBe(true);
    }),
  );
});

test("texts, names and scalars are the same as JSON.parse's", () => {
  const scalar = fc.oneof(fc.string({ unit: "binary" }), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), scalar, (key, value) => {
      const json = JSON.stringify({ [key]: value }, undefined, 1);
      const cursor = cursorOf(json);
      cursor.hasAnother(cursor.open(), 0);
      const [read, same] = [[cursor.key(), cursor.scalar()], Object.entries(JSON.parse(json))[0]];
      expect(read).toEqual(same);
    }),
  );
});

test("values are counted outside of strings alone", () => {
  fc.assert(
    fc.property(fc.json(), fc.string({ minLength: 60, maxLength: 200 }), (json, text) => {
      const body = Buffer.from(`[${json},${JSON.stringify(`,[{"\\${text}"\\`)}]`);
      const values = countOf(JSON.parse(body.toString()));
      expect(hasMoreValues(body, values - 1)).toBe(true);
      expect(hasMoreValues(body, 2 * values)).toBe(false);
    }),
  );
});

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isSkipped(text: string): boolean {
  const cursor = cursorOf(text);
  try {
    cursor.skip();
    cursor.end();
    return true;
  } catch (error) {
    expect(error).toMatchObject(MALFORMED);
    return false;
  }
}

function isPruned(json: string): boolean {
  const pruned = prunedDocument(anything, cursorOf(json));
  expect(pruned).toEqual({ a: [{ a: "x" }], b: Object.assign(Object.create(null), { k: "v" }) });
  return true;
}

/** Containers and scalars. */
function countOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, part) => sum + countOf(part), 1);
}
