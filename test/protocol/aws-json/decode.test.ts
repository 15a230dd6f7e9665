import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  blob,
  boolean,
  integer,
  list,
  long,
  map,
  type Shape,
  string,
  structure,
  timestamp,
} from "../../../src/model/shape.ts";
import { awsJson1_0, awsJson1_1 } from "../../../src/protocol/aws-json/aws-json.ts";
import { decoded, refusal } from "../bodies.ts";

const reading = (shape: Shape, json: string, protocol = awsJson1_1) =>
  (decoded(protocol, structure({ It: shape }), `{"It":${json}}`) as { It?: unknown }).It;
const textOf = (shape: Shape, json: string, protocol = awsJson1_1) =>
  refusal(protocol, structure({ It: shape }), `{"It":${json}}`).message;

const NUMBER = "class com.amazon.coral.value.json.numbers.TruncatingBigNumber";
const LIST = "Start of list found where not expected";
const STRUCTURE = "Start of structure or map found where not expected.";

describe("a value of the wrong type is refused in AWS's words", () => {
  // Kinesis reference 1.8
  const cases: readonly [kind: string, shape: Shape, json: string, text: string][] = [
    ["string", string(), "true", "class java.lang.Boolean can not be converted to an String"],
    ["string", string(), "1.5", `${NUMBER} can not be converted to an String`],
    ["string", string(), "[]", LIST],
    ["string", string(), "{}", STRUCTURE],
    ["integer", integer(), '"5"', "class java.lang.String can not be converted to an Integer"],
    ["integer", integer(), "false", "class java.lang.Boolean can not be converted to an Integer"],
    ["integer", integer(), "[5]", LIST],
    ["integer", integer(), "{}", STRUCTURE],
    ["long", long(), '"5"', "class java.lang.String can not be converted to an Long"],
    ["long", long(), "true", "class java.lang.Boolean can not be converted to an Long"],
    ["long", long(), "[]", LIST],
    ["long", long(), "{}", STRUCTURE],
    ["boolean", boolean(), "{}", STRUCTURE],
    ["boolean", boolean(), '"perhaps"', "'PERHAPS' can not be converted to an Boolean"],
    ["boolean", boolean(), "1", `${NUMBER} can not be converted to an Boolean`],
    ["boolean", boolean(), "[]", LIST],
    ["blob", blob(), "true", "class java.lang.Boolean can not be converted to a Blob"],
    ["blob", blob(), "3", `${NUMBER} can not be converted to a Blob`],
    ["blob", blob(), "[]", LIST],
    ["blob", blob(), "{}", STRUCTURE],
    [
      "blob",
      blob(),
      '"AAAAA"',
      "'AAAAA' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 5",
    ],
    ["blob", blob(), '"AA-A"', "'AA-A' can not be converted to a Blob: Invalid Base64 character: '-'"],
    ["blob", blob(), '"A=AA"', "'A=AA' can not be converted to a Blob: Invalid Base64 character: '='"],
    ["blob", blob(), '"A==="', "'A===' can not be converted to a Blob: Invalid Base64 character: '='"],
    ["blob", blob(), '"AA😀"', "'AA😀' can not be converted to a Blob: Invalid Base64 character: '😀'"],
    [
      "blob",
      blob(),
      '"+/+="',
      "'+/+=' can not be converted to a Blob: Invalid last non-pad Base64 character dectected",
    ],
    [
      "blob",
      blob(),
      '"AI=="',
      "'AI==' can not be converted to a Blob: Invalid last non-pad Base64 character dectected",
    ],
    ["timestamp", timestamp(), '"2012"', "class java.lang.String can not be converted to milliseconds since epoch"],
    ["timestamp", timestamp(), "true", "class java.lang.Boolean can not be converted to milliseconds since epoch"],
    ["timestamp", timestamp(), "[]", LIST],
    ["timestamp", timestamp(), "{}", STRUCTURE],
    ["list", list(string()), '"x"', "Expected list or null"],
    ["list", list(string()), "true", "Expected list or null"],
    ["list", list(string()), "7", "Expected list or null"],
    ["list", list(string()), "{}", STRUCTURE],
    ["map", map(string()), '"x"', "Expected map or null"],
    ["map", map(string()), "7", "Expected map or null"],
    ["map", map(string()), "true", "Expected map or null"],
    ["map", map(string()), "[]", LIST],
    ["structure", structure({}), '"x"', "Expected null"],
    ["structure", structure({}), "false", "Expected null"],
    ["structure", structure({}), "1", "Expected null"],
    ["structure", structure({}), "[]", LIST],
    ["list of strings", list(string()), '["a",1]', `${NUMBER} can not be converted to an String`],
    ["map of strings", map(string()), '{"a":true}', "class java.lang.Boolean can not be converted to an String"],
    ["nested structure", structure({ Deep: list(structure({ N: integer() })) }), '{"Deep":[{"N":[]}]}', LIST],
  ];
  test.for(cases)("%s, given %o as %s: %s", ([, shape, json, text]) => {
    expect(textOf(shape, json)).toBe(text);
  });

  test("the refusal is a SerializationException, known to Query clients as MalformedInput", () => {
    expect(refusal(awsJson1_0, structure({ It: string() }), '{"It":1}')).toMatchObject({
      shape: "SerializationException",
      queryCode: "MalformedInput",
      status: 400,
      isModelled: false,
    });
  });

  test("the first member of the shape that is wrong is the one refused", () => {
    const shape = structure({ First: integer(), Second: string() });
    expect(refusal(awsJson1_1, shape, '{"Second":1,"First":true}').message).toMatch(/an Integer$/);
  });
});

describe("numbers", () => {
  test.for([
    ["0", 0],
    ["-1", -1],
    ["2.999", 2],
    ["2147483647", 2147483647],
    ["2147483648", 2147483647],
    ["1e400", 2147483647],
    ["-2147483648", -2147483648],
    ["-2147483649", -2147483648],
  ] as const)("the integer %s is read as %d", ([json, value]) => {
    expect(reading(integer(), json)).toBe(value);
  });

  test("a long is not cut to the range of an integer", () => {
    expect(reading(long(), "9007199254740991")).toBe(9007199254740991);
  });

  // SQS reference 14.8: our decision.
  test.for([
    ['"5"', 5],
    ['"-5"', -5],
    ['"007"', 7],
    ['"99999999999"', 2147483647],
  ] as const)("in JSON 1.0 the string %s passes for an integer", ([json, value]) => {
    expect(reading(integer(), json, awsJson1_0)).toBe(value);
  });

  test.for(['""', '"5.0"', '" 5"', '"0x5"', '"five"', '"-"'])("in JSON 1.0 the string %s does not", (json) => {
    expect(textOf(integer(), json, awsJson1_0)).toBe("class java.lang.String can not be converted to an Integer");
  });

  test.for([
    ["0", 0],
    ["1679520584.772", 1679520584772],
    ["1.5E3", 1500000],
    ["-1", -1000],
    ["1679520584.7724", 1679520584772],
    ["1e400", Number.MAX_SAFE_INTEGER],
    ["-1e20", Number.MIN_SAFE_INTEGER],
  ] as const)("the timestamp %s is %d in milliseconds", ([json, value]) => {
    expect(reading(timestamp(), json)).toBe(value);
  });
});

test.for([
  ["true", true],
  ["false", false],
  ['"TRUE"', true],
  ['"False"', false],
  ['"1"', true],
  ['"0"', false],
  ['"yes"', true],
  ['"No"', false],
  ["0.5", true],
] as const)("the boolean %s is read as %s", ([json, value]) => {
  expect(reading(boolean(), json)).toBe(value);
});

describe("blobs", () => {
  test.for(["", "AA==", "AAE=", "AAEC", "/+8="])("%o is read as its bytes", (text) => {
    expect(reading(blob(), `"${text}"`)).toEqual(new Uint8Array(Buffer.from(text, "base64")));
  });

  test("in JSON 1.0 the bytes have memory of their own", () => {
    const bytes = reading(blob(), '"AAEC"', awsJson1_0) as Uint8Array;
    expect(bytes.buffer.byteLength).toBe(3);
  });

  test("in JSON 1.1 those of one document lie side by side", () => {
    const texts = ["first", "second", "", "x".repeat(10_000)];
    const json = JSON.stringify(texts.map((text) => Buffer.from(text).toString("base64")));
    const blobs = reading(list(blob()), json) as readonly Uint8Array[];
    expect(blobs.map((bytes) => Buffer.from(bytes).toString())).toEqual(texts);
    expect(new Set(blobs.map(({ buffer }) => buffer)).size).toBe(1);
    expect(blobs.map(({ byteOffset }) => byteOffset - blobs[0]!.byteOffset)).toEqual([0, 5, 11, 11]);
  });

  test("a document with more blobs than its text has room for is read all the same", () => {
    const shape = structure({ A: blob(), B: blob() });
    const text = Buffer.from("x".repeat(300)).toString("base64");
    const { A, B } = decoded(awsJson1_1, shape, `{"A":"${text}","B":"${text}"}`) as Record<string, Uint8Array>;
    expect([A, B].map((bytes) => Buffer.from(bytes!).toString())).toEqual(["x".repeat(300), "x".repeat(300)]);
  });

  test("whatever is not base64 to the letter is refused, and nothing else is", () => {
    const digit = fc.constantFrom(..."ABZaz09+/gwQ=-_ \nÿ𝄞*");
    fc.assert(
      fc.property(fc.array(digit, { maxLength: 12 }), (digits) => {
        const text = digits.join("");
        const isBase64 = Buffer.from(text, "base64").toString("base64") === text;
        const read = () => reading(blob(), JSON.stringify(text));
        if (isBase64) expect(read()).toEqual(new Uint8Array(Buffer.from(text, "base64")));
        else expect(read).toThrow("can not be converted to a Blob");
      }),
      { numRuns: 2000 },
    );
  });
});

describe("null counts as absent", () => {
  test.for([
    ["a member", structure({ It: string() }), '{"It":null}', {}],
    ["an entry of a map", structure({ It: map(string()) }), '{"It":{"a":null,"b":""}}', { It: { b: "" } }],
  ] as const)("as %s", ([, shape, json, value]) => {
    expect(decoded(awsJson1_0, shape, json)).toEqual(value);
  });

  test("an item of a list keeps its place", () => {
    const read = decoded(awsJson1_0, structure({ It: list(string()) }), '{"It":["a",null,"b"]}');
    expect(read).toStrictEqual({ It: ["a", undefined, "b"] });
  });

  test("an absent member is not there at all", () => {
    expect(Object.keys(decoded(awsJson1_0, structure({ It: string() }), '{"It":null}') as object)).toEqual([]);
  });
});

describe("names that mean something to the language", () => {
  const shape = structure({ Attributes: map(string()) });

  test.for(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s is a key like any other", (key) => {
    const { Attributes } = decoded(awsJson1_0, shape, `{"Attributes":{"${key}":"mine"}}`) as {
      Attributes: Record<string, string>;
    };
    expect(Object.entries(Attributes)).toEqual([[key, "mine"]]);
    expect(Attributes[key]).toBe("mine");
  });

  test("a map has no keys but those it was given", () => {
    const { Attributes } = decoded(awsJson1_0, shape, '{"Attributes":{}}') as { Attributes: Record<string, string> };
    expect(Attributes.constructor).toBeUndefined();
  });

  test("a member called __proto__ lends the input nothing", () => {
    expect(decoded(awsJson1_0, shape, '{"__proto__":{"Attributes":{"a":"b"}}}')).toEqual({});
    expect(({} as Record<string, unknown>).Attributes).toBeUndefined();
  });
});

describe("a body that is no JSON object is refused without a text", () => {
  const shape = structure({ It: string() });

  test.for([
    ["no JSON", "{"],
    ["text after the object", "{} {}"],
    ["a form", "Action=SendMessage"],
    ["a list", "[]"],
    ["null", "null"],
    ["a string", '"x"'],
    ["a number", "1"],
    ["true", "true"],
    ["blanks", "  "],
    ["a byte order mark", "\ufeff{}"],
  ] as const)("%s", ([, body]) => {
    expect(refusal(awsJson1_0, shape, body)).toMatchObject({ shape: "SerializationException", message: "" });
  });

  test.for([
    ["a lone continuation byte", [0x80]],
    ["an overlong form", [0xc0, 0xaf]],
    ["half a surrogate pair", [0xed, 0xa0, 0x80]],
    ["a character cut short", [0xe2, 0x82]],
  ] as const)("invalid UTF-8: %s", ([, bytes]) => {
    const body = Buffer.concat([Buffer.from('{"It":"'), Buffer.from(bytes), Buffer.from('"}')]);
    expect(refusal(awsJson1_0, shape, body)).toMatchObject({ shape: "SerializationException", message: "" });
  });

  test("absurd nesting, whether it ends or not, does no harm", () => {
    const depth = 100_000;
    expect(refusal(awsJson1_0, shape, `{"It":${"[".repeat(depth)}`).shape).toBe("SerializationException");
    expect(textOf(string(), "[".repeat(depth) + "]".repeat(depth))).toBe(""); // no JSON to Jackson
    expect(textOf(string(), "[".repeat(1000) + "]".repeat(1000))).toBe(LIST);
    const nested = `{"Unknown":${'{"a":'.repeat(depth)}1${"}".repeat(depth)},"It":"x"}`;
    expect(refusal(awsJson1_0, shape, nested).shape).toBe("SerializationException");
  });
});

test("no body is an empty input in JSON 1.0, and none in JSON 1.1", () => {
  expect(decoded(awsJson1_0, structure({ It: string() }), "")).toEqual({});
  expect(refusal(awsJson1_1, structure({ It: string() }), "").shape).toBe("SerializationException");
});
