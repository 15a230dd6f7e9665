import fc from "fast-check";
import { expect, test } from "vitest";
import { compileFilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import { type FilterPolicyScope, MessageView } from "../../../src/engine/pattern/matching/message-view.ts";

const SCOPES: readonly FilterPolicyScope[] = ["MessageAttributes", "MessageBody"];

/** Compiles the text in both scopes and matches the policy, if it is one, against the text itself. */
function survive(text: string): void {
  const attributes = { key: { dataType: "String.Array", value: text }, other: { dataType: "Number", value: text } };
  const view = new MessageView({ attributes, body: text });
  for (const scope of SCOPES) {
    const result = compileFilterPolicy(text, scope);
    if ("error" in result) expect(result.error.message).toMatch(/^Filter ?[Pp]olicy/);
    else result.policy.accepts(view);
  }
}

test("no text makes the compiler throw", () => {
  const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));
  fc.assert(fc.property(fc.string({ unit, maxLength: 50 }), survive));
  fc.assert(fc.property(fc.jsonValue(), (json) => survive(JSON.stringify(json))));
});

test("no JSON made of the grammar's words makes the compiler throw", () => {
  const word = fc.constantFrom(
    ...["$or", "key", "prefix", "suffix", "exactly", "equals-ignore-case", "wildcard", "cidr", "exists", "numeric"],
    ...["anything-but", "=", "<", ">=", "a*b**\\", "1.2.3.4/5", "::1/64", "", "\ud800", "\u0000", "__proto__"],
  );
  const scalar = fc.oneof(word, fc.double(), fc.integer(), fc.constantFrom(true, false, null));
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      scalar,
      fc.array(tie("value"), { maxLength: 5 }),
      fc.dictionary(word, tie("value"), { maxKeys: 4 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(word, json, { minKeys: 1, maxKeys: 3 }), (policy) => survive(JSON.stringify(policy))),
    { numRuns: 1000 },
  );
});

const DEEP = 999;

test.for([
  ["brackets that never close", "[".repeat(200_000)],
  ["braces that never close", '{"a":'.repeat(200_000)],
  ["objects as deep as allowed", `${'{"a":'.repeat(DEEP)}["x"]${"}".repeat(DEEP)}`],
  ["objects too deep", `${'{"a":'.repeat(5000)}["x"]${"}".repeat(5000)}`],
  ["$or inside $or", `${'{"$or":[{"a":["x"]},'.repeat(400)}{"b":["x"]}${"]}".repeat(400)}`],
  [
    "$or next to $or",
    `{${Array.from({ length: 9000 }, (_, n) => `"n${n}":{"$or":[{"a":["x"]},{"b":["x"]}]}`).join(",")}}`,
  ],
  ["$or of many branches", `{"$or":[${Array.from({ length: 20_000 }, () => '{"a":["x"]}').join(",")}]}`],
  ["many fields", `{${Array.from({ length: 20_000 }, (_, n) => `"n${n}":["x"]`).join(",")}}`],
  ["many conditions", `{"a":[${Array.from({ length: 50_000 }, (_, n) => n).join(",")}]}`],
  ["many exclusions", `{"a":[{"anything-but":[${Array.from({ length: 40_000 }, (_, n) => n).join(",")}]}]}`],
  ["a long number", `{"a":[${"9".repeat(200_000)}]}`],
  ["a number of a huge exponent", '{"a":[1e999999999999999999,-1e-999999999999999999]}'],
  ["many backslashes", `{"a":[{"wildcard":"${"\\".repeat(200_000)}"}]}`],
  ["many asterisks", `{"a":[{"wildcard":"${"*a".repeat(100_000)}"}]}`],
  ["a long word", "x".repeat(250_000)],
  ["many digits and points as address", `{"a":[{"cidr":"${"1.".repeat(100_000)}/8"}]}`],
  ["many colons as address", `{"a":[{"cidr":"${":".repeat(200_000)}/8"}]}`],
  ["half a surrogate pair", '{"\ud83d":["\ude00",{"wildcard":"\ud83d*"}]}'],
] as const)("%s do no harm", ([, text]) => {
  survive(text);
});

test("wildcards that nearly match a long text are decided in little more than its length", () => {
  const result = compileFilterPolicy(
    `{"a":[{"wildcard":"*${"a".repeat(2000)}b*${"a".repeat(2000)}c*"}]}`,
    "MessageBody",
  );
  const view = new MessageView({ body: JSON.stringify({ a: "a".repeat(200_000) }) });
  expect("policy" in result && result.policy.accepts(view)).toBe(false);
});

test("attribute values of any size are read in time", () => {
  const result = compileFilterPolicy('{"key":[{"numeric":[">",0]}]}', "MessageAttributes");
  const digits = [`1${"0".repeat(200_000)}1`, "1".repeat(200_000), `${"1".repeat(200_000)}x`];
  for (const value of digits) {
    const view = new MessageView({ attributes: { key: { dataType: "Number", value } }, body: "" });
    expect("policy" in result && result.policy.accepts(view)).toBe(false);
  }
});
