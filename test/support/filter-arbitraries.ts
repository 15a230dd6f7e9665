import fc from "fast-check";

/*
 * Policies and messages over so few names and values that they meet often, array elements and dotted names included.
 */

const NAMES = ["a", "b", "a.b"];
const TEXTS = ["", "x", "X", "xy", "x*", "x\\", "10.0.0.1", "10.0.1.0", "2001:db8::1", "2001:0DB8:0:0:0:0:1:0"];
const NUMBERS = [0, 1.5, 10, -3];

const text = fc.constantFrom(...TEXTS);
const number = fc.constantFrom(...NUMBERS);
const scalar = fc.oneof(text, number, fc.constantFrom(true, false, null));
const affix = fc.constantFrom("x", "y", "X", "xy");
const pattern = fc.constantFrom("*", "x*", "*x", "*x*", "x*y", "xy", "x\\*", "*\\\\", "x\\**");
/** Each begins with the first of its addresses. */
const network = fc.constantFrom(
  "10.0.0.0/24",
  "10.0.0.0/16",
  "10.0.0.0/31",
  "0.0.0.0/0",
  "2001:db8::/64",
  "2001:db8::/126",
);

const range = fc.oneof(
  fc.tuple(fc.constantFrom("=", "<", "<=", ">", ">="), number),
  fc.constantFrom([">", 0, "<", 10], [">=", 0, "<=", 10], [">", -3, "<=", 1]),
);

function oneOrMore<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> {
  return fc.oneof(arbitrary, fc.array(arbitrary, { minLength: 1, maxLength: 2 }));
}

const anythingBut = fc.oneof(
  oneOrMore(text),
  oneOrMore(number),
  fc.record({ prefix: oneOrMore(affix) }),
  fc.record({ suffix: oneOrMore(affix) }),
  fc.record({ "equals-ignore-case": oneOrMore(text) }),
  fc.record({ wildcard: oneOrMore(pattern) }),
);

const operator = fc.oneof(
  fc.record({ exactly: text }),
  fc.record({ prefix: fc.oneof(affix, fc.record({ "equals-ignore-case": affix })) }),
  fc.record({ suffix: fc.oneof(affix, fc.record({ "equals-ignore-case": affix })) }),
  fc.record({ "equals-ignore-case": text }),
  fc.record({ wildcard: pattern }),
  fc.record({ cidr: network }),
  fc.record({ numeric: range }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ "anything-but": anythingBut }),
);

const conditions = fc.array(fc.oneof({ weight: 2, arbitrary: scalar }, operator), { minLength: 1, maxLength: 3 });

/** One condition on the value of `a`. */
export const singlePolicy = fc.oneof(scalar, operator).map((condition) => ({ a: [condition] }));

export const attributePolicy = fc.letrec<{ policy: object; branches: object[] }>((tie) => ({
  policy: fc.oneof(
    { maxDepth: 2 },
    fc.dictionary(fc.constantFrom(...NAMES), conditions, { minKeys: 1, maxKeys: 2 }),
    fc
      .tuple(fc.dictionary(fc.constantFrom("b", "d"), conditions, { maxKeys: 1 }), tie("branches"))
      .map(([fields, $or]) => ({ ...fields, $or })),
  ),
  branches: fc.array(tie("policy"), { minLength: 2, maxLength: 3 }),
})).policy;

export const bodyPolicy = fc.letrec<{ policy: object; branches: object[] }>((tie) => ({
  policy: fc.oneof(
    { maxDepth: 3 },
    fc.dictionary(fc.constantFrom(...NAMES), conditions, { minKeys: 1, maxKeys: 2 }),
    fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(conditions, tie("policy")), { minKeys: 1, maxKeys: 2 }),
    fc
      .tuple(fc.dictionary(fc.constantFrom("b", "d"), conditions, { maxKeys: 1 }), tie("branches"))
      .map(([fields, $or]) => ({ ...fields, $or })),
  ),
  branches: fc.array(tie("policy"), { minLength: 2, maxLength: 3 }),
})).policy;

/** A value for `a`. */
export const singleBody = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })).map((a) => JSON.stringify({ a }));

const bodyJson = fc.letrec<{ object: object; value: unknown }>((tie) => ({
  object: fc.dictionary(fc.constantFrom(...NAMES), tie("value"), { minKeys: 1, maxKeys: 2 }),
  value: fc.oneof({ maxDepth: 4 }, scalar, tie("object"), fc.array(tie("value"), { minLength: 1, maxLength: 2 })),
})).object;

export const body = fc.oneof(
  { weight: 20, arbitrary: bodyJson.map((json) => JSON.stringify(json)) },
  fc.constantFrom("plain text", "[]", '"x"', "", '{"a":'),
);

const attribute = fc.oneof(
  text
    .filter((value) => value !== "")
    .map((value) => ({ dataType: "String", value: JSON.stringify(value).slice(1, -1) })),
  number.map((value) => ({ dataType: "Number", value: String(value) })),
  fc.array(scalar, { maxLength: 5 }).map((values) => ({ dataType: "String.Array", value: JSON.stringify(values) })),
  fc.constant({ dataType: "Binary", value: new Uint8Array([120]) }),
);

/** An attribute `a`. */
export const singleAttribute = attribute.map((a) => ({ a }));

export const attributes = fc.dictionary(fc.constantFrom(...NAMES), attribute);
