import { expect, test } from "vitest";
import { compileFilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import type { FilterPolicyScope } from "../../../src/engine/pattern/matching/message-view.ts";

function refusal(text: string, scope: FilterPolicyScope = "MessageAttributes"): string | undefined {
  const result = compileFilterPolicy(text, scope);
  return "error" in result ? result.error.message : undefined;
}

function located(message: string, policy: string, column: number): string {
  return `FilterPolicy: ${message}\n at [Source: (String)"${policy}"; line: 1, column: ${column}]`;
}

type Row = readonly [policy: string, message: string, column: number];

function numeric(operand: string): string {
  return `{"key":[{"numeric":${operand}}]}`;
}

// Recorded from the real service, by way of Subscribe.
const RECORDED: readonly Row[] = [
  ['{"key":[]}', "Empty arrays are not allowed", 10],
  ['{"key":[{"suffix":100}]}', "suffix match pattern must be a string", 22],
  ['{"key":[{"suffix":null}]}', "suffix match pattern must be a string", 23],
  ['{"key":[{"suffix":[]}]}', "suffix match pattern must be a string", 20],
  ['{"key":[{"suffix":["test","test2"]}]}', "suffix match pattern must be a string", 20],
  ['{"key":{"suffix":"value"}}', '"suffix" must be an object or an array', 19],
  ['{"key":{"suffix":"value","prefix":"value"}}', '"suffix" must be an object or an array', 19],
  ['{"key":{"not-an-operator":"value"}}', '"not-an-operator" must be an object or an array', 28],
  ['{"key":[{"cidr":["bad-filter"]}]}', "prefix match pattern must be a string", 18],
  [numeric("[]"), "Invalid member in numeric match: ]", 22],
  [numeric('["operator"]'), "Unrecognized numeric range operator: operator", 32],
  [numeric('[1,"<="]'), "Invalid member in numeric match: 1", 22],
  [numeric('["=","000"]'), "Value of equals must be numeric", 26],
  [numeric('[">="]'), "Value of >= must be numeric", 26],
  [numeric('["<",100,">",10]'), "Too many elements in numeric expression", 30],
  [numeric('[">=",1,">",2]'), "Bad numeric range operator: >", 31],
  [numeric('[">",3,"<",1]'), "Bottom must be less than top", 33],
  [numeric('[">",20,"<="]'), "Value of <= must be numeric", 33],
  [numeric('[">",20,30]'), "Bad value in numeric range: 30", 30],
  [numeric('[">",20,"test"]'), "Bad numeric range operator: test", 34],
  [numeric('[">","20","<","30"]'), "Value of > must be numeric", 26],
  [numeric('[">",20,"<","30"]'), "Value of < must be numeric", 33],
  [numeric('[">",20,"<",30,"<",50]'), "Too many terms in numeric range expression", 36],
];

test.for(RECORDED)("AWS refuses %s with the recorded text and position", ([policy, message, column]) => {
  expect(refusal(policy)).toBe(located(message, policy, column));
});

const BAD_OPERAND = "Value of anything-but must be an array or single string/number value.";
const MIXED = "Inside anything but list, either all values are number or string, mixed type is not supported";

// The same engine, where its open source shows the text and the position follows by the same rule.
const AS_ENGINE: readonly Row[] = [
  ['"text"', "Filter is not an object", 2],
  ["[]", "Filter is not an object", 2],
  ["null", "Filter is not an object", 5],
  ['{"key":{}}', "Empty objects are not allowed", 10],
  ['{"key":null}', '"key" must be an object or an array', 12],
  ['{"key":[["a"]]}', "Match value must be String, number, true, false, or null", 10],
  ['{"key":["a",["b"]]}', "Match value must be String, number, true, false, or null", 14],
  ['{"key":[{}]}', "Match expression name not found", 11],
  ['{"key":[{"like":"a"}]}', "Unrecognized match type like", 18],
  ['{"key":[{"like":12}]}', "Unrecognized match type like", 19],
  ['{"key":[{"prefix":"a","suffix":"b"}]}', "Only one key allowed in match expression", 33],
  ['{"key":[{"exactly":5}]}', "exact match pattern must be a string", 21],
  ['{"key":[{"prefix":true}]}', "prefix match pattern must be a string", 23],
  ['{"key":[{"prefix":{}}]}', "Prefix expression name not found", 21],
  ['{"key":[{"suffix":{}}]}', "Suffix expression name not found", 21],
  ['{"key":[{"prefix":{"wildcard":"a"}}]}', "Unsupported prefix pattern: wildcard", 32],
  ['{"key":[{"suffix":{"prefix":"a"}}]}', "Unsupported suffix pattern: prefix", 30],
  ['{"key":[{"prefix":{"equals-ignore-case":1}}]}', "equals-ignore-case match pattern must be a string", 42],
  ['{"key":[{"suffix":{"equals-ignore-case":"a","prefix":"b"}}]}', "Only one key allowed in match expression", 55],
  ['{"key":[{"equals-ignore-case":["a"]}]}', "equals-ignore-case match pattern must be a string", 32],
  ['{"key":[{"wildcard":1}]}', "wildcard match pattern must be a string", 22],
  ['{"key":[{"wildcard":"a**b"}]}', "Consecutive wildcard characters at pos 2", 27],
  ['{"key":[{"wildcard":"é**"}]}', "Consecutive wildcard characters at pos 3", 26],
  ['{"key":[{"wildcard":"a\\\\b"}]}', "Invalid escape character at pos 2", 27],
  ['{"key":[{"wildcard":"a\\\\"}]}', "Invalid escape character at pos 2", 26],
  ['{"key":[{"exists":"true"}]}', "exists match pattern must be either true or false.", 20],
  ['{"key":[{"exists":null}]}', "exists match pattern must be either true or false.", 23],
  ['{"key":[{"exists":true,"prefix":"a"}]}', "Only one key allowed in match expression", 34],
  ['{"key":[{"numeric":5}]}', "Value of numeric must be an array.", 21],
  ['{"key":[{"numeric":["=",1],"prefix":"a"}]}', "Too many elements in numeric expression", 38],
  [numeric('["=",1,2]'), "Too many elements in numeric expression", 28],
  [numeric('["<=",1,2]'), "Too many elements in numeric expression", 29],
  [numeric('["<"]'), "Value of < must be numeric", 25],
  [numeric('["<="]'), "Value of <= must be numeric", 26],
  [numeric('[">",1,"<",1]'), "Bottom must be less than top", 33],
  [numeric("[null]"), "Invalid member in numeric match: null", 25],
  [numeric("[[]]"), "Invalid member in numeric match: [", 22],
  [numeric("[{}]"), "Invalid member in numeric match: {", 22],
  [numeric('["=",9007199254740993]'), "Cannot compare number : 9007199254740993", 42],
  ['{"key":[{"anything-but":null}]}', BAD_OPERAND, 29],
  ['{"key":[{"anything-but":{}}]}', "Anything-But expression name not found", 27],
  ['{"key":[{"anything-but":{"numeric":1}}]}', "Unsupported anything-but pattern: numeric", 37],
  ['{"key":[{"anything-but":{"prefix":false}}]}', "prefix match pattern must be a string", 40],
  ['{"key":[{"anything-but":{"prefix":1}}]}', "prefix match pattern must be a string", 36],
  ['{"key":[{"anything-but":{"prefix":{}}}]}', "prefix match pattern must be a string", 36],
  ['{"key":[{"anything-but":{"suffix":null}}]}', "suffix match pattern must be a string", 39],
  ['{"key":[{"anything-but":{"suffix":["a",1]}}]}', "suffix match pattern must be a string", 41],
  ['{"key":[{"anything-but":{"equals-ignore-case":true}}]}', "equals-ignore-case match pattern must be a string", 51],
  ['{"key":[{"anything-but":{"wildcard":{}}}]}', "wildcard match pattern must be a string", 38],
  ['{"key":[{"anything-but":{"prefix":""}}]}', "Null prefix/suffix not allowed", 37],
  ['{"key":[{"anything-but":{"suffix":["a",""]}}]}', "Null prefix/suffix not allowed", 42],
  ['{"key":[{"anything-but":{"wildcard":1}}]}', "wildcard match pattern must be a string", 38],
  ['{"key":[{"anything-but":{"wildcard":"a**"}}]}', "Consecutive wildcard characters at pos 2", 42],
  ['{"key":[{"anything-but":{"wildcard":["a**","b"]}}]}', "Consecutive wildcard characters at pos 2", 48],
  [
    '{"key":[{"anything-but":{"equals-ignore-case":[1]}}]}',
    "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
    49,
  ],
  ['{"key":[{"anything-but":{"prefix":"a","suffix":"b"}}]}', "Too many elements in numeric expression", 49],
  ['{"key":[{"anything-but":"a","prefix":"b"}]}', "Too many elements in numeric expression", 39],
  ['{"key":[{"anything-but":["a",null]}]}', "Inside anything but list, start|null|boolean is not supported.", 34],
  ['{"key":[{"anything-but":["a",1]}]}', MIXED, 32],
  ['{"key":[{"anything-but":[]}]}', MIXED, 27],
  ['{"key":[{"anything-but":[9007199254740993]}]}', "Cannot compare number : 9007199254740993", 42],
  ['{"$or":[{"a":["1"]},{}]}', "Empty objects are not allowed", 23],
  ['{"$or":[{"a":["1"]}]}', "Unrecognized match type a", 15],
  ['{"$or":["1",{"a":["1"]}]}', "Unrecognized match type a", 19],
  ['{"$or":[{"a":["1"]},{"prefix":"b"}]}', "Unrecognized match type a", 15],
  ['{"$or":[]}', "Empty arrays are not allowed", 10],
  ['{"$or":"a"}', '"$or" must be an object or an array', 9],
  [
    '{"$or":[{"a":{"prefix":["1"]}},{"b":["1"]}]}',
    "prefix is Ruler reserved fieldName which cannot be used inside $or.",
    25,
  ],
  ['{"a":["1"],"$or":[{"a":["2"]},{"b":["3"]}]}', "Path `a` cannot be allowed multiple times", 29],
];

test.for(AS_ENGINE)("%s is refused as the engine does it: %s", ([policy, message, column]) => {
  expect(refusal(policy)).toBe(located(message, policy, column));
});

// Recorded, down to the order of the checks; none of these has a position.
test.for([
  ["bad-filter", "Malformed CIDR, one '/' required"],
  ["bad-filter/64", "Nonstandard IP address: bad-filter"],
  ["bad-/64filter", "Malformed CIDR, mask bits must be an integer"],
  ["xx.11.xx/8", "Nonstandard IP address: xx.11.xx"],
  ["xxxx:db8:1234:1a00::/64", "Nonstandard IP address: xxxx:db8:1234:1a00::"],
])("the CIDR %s is refused: %s", ([cidr, message]) => {
  expect(refusal(`{"key":[{"cidr":"${cidr}"}]}`)).toBe(`FilterPolicy: ${message}`);
});

test.for([
  ["10.0.0.0", "Malformed CIDR, one '/' required"],
  ["10.0.0.0/", "Malformed CIDR, one '/' required"],
  ["1/2/3", "Malformed CIDR, one '/' required"],
  ["/8", "Nonstandard IP address: "],
  ["10.0.0.0/-1", "Malformed CIDR, mask bits must not be negative"],
  ["10.0.0.0/2147483648", "Malformed CIDR, mask bits must be an integer"],
  ["10.0.0.0/32", "IPv4 mask bits must be < 32"],
  ["::/128", "IPv6 mask bits must be < 128"],
  ["10.0.0.256/8", "Invalid IP address: 10.0.0.256"],
  ["1:2/8", "Invalid IP address: 1:2"],
  ["1::2::3/8", "Invalid IP address: 1::2::3"],
  ["1:2:3:4:5:6:7:8:9/8", "Invalid IP address: 1:2:3:4:5:6:7:8:9"],
  ["12345::/8", "Invalid IP address: 12345::"],
])("the CIDR %s is refused as the engine does it: %s", ([cidr, message]) => {
  expect(refusal(`{"key":[{"cidr":"${cidr}"}]}`)).toBe(`FilterPolicy: ${message}`);
});

test.for(["10.0.0.0/31", "10.0.0.0/0", "::/127", "1:2:3:4:5:6:7:8/64", "1:2:3:4:5:6:7::/64", "255.255.255.255/+8"])(
  "the CIDR %s is accepted",
  (cidr) => {
    expect(refusal(`{"key":[{"cidr":"${cidr}"}]}`)).toBeUndefined();
  },
);

test("a lone number that cannot be compared is refused without a position", () => {
  expect(refusal('{"key":[{"anything-but":9007199254740993}]}')).toBe(
    "FilterPolicy: Cannot compare number : 9007199254740993",
  );
});

test("errors show the policy without white space, and positions count in that text", () => {
  expect(refusal('{\n  "key" : [ ]\n}')).toBe(located("Empty arrays are not allowed", '{"key":[]}', 10));
});

test("errors show numbers as Java prints them", () => {
  expect(refusal('{"a":[1e2, 0.00001, -0.0, 1.50],"key":[]}')).toBe(
    located("Empty arrays are not allowed", '{"a":[100.0,1.0E-5,-0.0,1.5],"key":[]}', 38),
  );
});

test("errors show text escaped as JSON, and control characters that JSON leaves alone as escapes", () => {
  expect(refusal('{"a\\u0001\\/\u0080":[]}')).toBe(
    located("Empty arrays are not allowed", '{"a\\u0001/\\u0080":[]}', 16),
  );
});

test("errors show no more than 500 characters of the policy", () => {
  const name = "n".repeat(600);
  expect(refusal(`{"${name}":[]}`)).toBe(
    `FilterPolicy: Empty arrays are not allowed\n at [Source: (String)"{"${"n".repeat(498)}"[truncated 107 chars]; line: 1, column: 607]`,
  );
  const short = "n".repeat(493);
  expect(refusal(`{"${short}":[]}`)).toBe(located("Empty arrays are not allowed", `{"${short}":[]}`, 500));
});

test("of two equal names the last one counts, in the place of the first", () => {
  expect(refusal('{"a":[],"b":[],"a":["x"]}')).toBe(located("Empty arrays are not allowed", '{"a":["x"],"b":[]}', 18));
});

test("text that is not JSON is refused in Jackson's words, without showing the text", () => {
  const redacted = "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";
  // Recorded, the second for a RedrivePolicy.
  expect(refusal("invalid")).toBe(
    "FilterPolicy: failed to parse JSON. Unrecognized token 'invalid': was expecting " +
      `(JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at ${redacted}; line: 1, column: 8]`,
  );
  expect(refusal("{invalid}")).toBe(
    "FilterPolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start " +
      `field name\n at ${redacted}; line: 1, column: 2]`,
  );
});

test("a nested policy needs the scope MessageBody", () => {
  const nested = '{"a":{"b":["c"]}}';
  expect(refusal(nested)).toBe("Filter policy scope MessageAttributes does not support nested filter policy");
  expect(refusal(nested, "MessageBody")).toBeUndefined();
  expect(refusal(`{"$or":[{"x":["1"]},${nested}]}`)).toBe(
    "Filter policy scope MessageAttributes does not support nested filter policy",
  );
});

test("a mistake inside a nested policy is told before its scope", () => {
  expect(refusal('{"a":{"b":[]}}')).toBe(located("Empty arrays are not allowed", '{"a":{"b":[]}}', 13));
});
