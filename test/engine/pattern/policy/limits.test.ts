import { expect, test } from "vitest";
import { compileFilterPolicy } from "../../../../src/engine/pattern/filter-policy.ts";
import type { FilterPolicyScope } from "../../../../src/engine/pattern/matching/message-view.ts";

const TOO_COMPLEX = "FilterPolicy: Filter policy is too complex";
const TOO_MANY_KEYS = "FilterPolicy: Filter policy can not have more than 5 keys";

function refusal(policy: unknown, scope: FilterPolicyScope = "MessageBody"): string | undefined {
  const result = compileFilterPolicy(JSON.stringify(policy), scope);
  return "error" in result ? result.error.message : undefined;
}

function values(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `v${index}`);
}

function keys(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, ["v"]]));
}

test.for(["MessageAttributes", "MessageBody"] as const)("with scope %s a policy may have five keys", (scope) => {
  expect(refusal(keys(5), scope)).toBeUndefined();
  expect(refusal(keys(6), scope)).toBe(TOO_MANY_KEYS);
});

test("keys are counted where they have conditions, not on the way there", () => {
  expect(refusal({ a: { b: keys(3) }, d: { e: ["v"], f: ["v"] } })).toBeUndefined();
  expect(refusal({ a: keys(6) })).toBe(TOO_MANY_KEYS);
});

test("a key that several branches of $or have is counted once", () => {
  expect(
    refusal({
      $or: [
        { a: ["1"], b: ["1"], c: ["1"] },
        { a: ["2"], b: ["2"], c: ["2"] },
      ],
    }),
  ).toBeUndefined();
  expect(refusal({ $or: [keys(3), { x: ["1"], y: ["1"], z: ["1"] }] })).toBe(TOO_MANY_KEYS);
});

test("a policy may have 150 combinations of conditions", () => {
  expect(refusal({ a: values(150) })).toBeUndefined();
  expect(refusal({ a: values(151) })).toBe(TOO_COMPLEX);
  expect(refusal({ a: values(10), b: values(15) })).toBeUndefined();
  expect(refusal({ a: values(19), b: values(8) })).toBe(TOO_COMPLEX);
});

test("conditions count as many times as they are deep", () => {
  // Both observed on the real service: 36 × 4 = 144 and 40 × 4 = 160.
  const s3 = (count: number): object => ({
    Records: { s3: { object: { key: values(count).map((prefix) => ({ prefix })) } } },
  });
  expect(refusal(s3(36))).toBeUndefined();
  expect(refusal(s3(37))).toBeUndefined();
  expect(refusal(s3(38))).toBe(TOO_COMPLEX);
  expect(refusal(s3(40))).toBe(TOO_COMPLEX);
});

test("the branches of $or add up", () => {
  expect(refusal({ $or: [{ a: values(75) }, { b: values(75) }] })).toBeUndefined();
  expect(refusal({ $or: [{ a: values(75) }, { b: values(76) }] })).toBe(TOO_COMPLEX);
  // The developer guide's example, which it counts as 32 with one scope.
  const guide = (scopes: number): object => ({
    $or: [{ metricName: values(2) }, { namespace: values(2) }],
    detail: {
      scope: values(scopes),
      $or: [{ source: ["aws.cloudwatch"] }, { type: ["CloudWatch Alarm State Change"] }],
    },
  });
  expect(refusal(guide(4))).toBeUndefined();
  expect(refusal(guide(5))).toBe(TOO_COMPLEX);
});

test("an $or inside an $or multiplies within its branch only", () => {
  const policy = (count: number): object => ({
    source: ["aws.cloudwatch"],
    $or: [
      { metricName: values(2) },
      { metricType: values(1), $or: [{ metricId: values(2) }, { spaceId: values(count) }] },
    ],
  });
  expect(refusal(policy(146))).toBeUndefined();
  expect(refusal(policy(147))).toBe(TOO_COMPLEX);
});

test("many $or next to each other are refused without being expanded", () => {
  const branch = (name: string): object => ({ $or: [{ [name]: ["1"] }, { [name]: ["2"] }] });
  const deep = Array.from({ length: 200 }).reduce<object>(
    (inner) => ({ a: branch("x"), b: branch("y"), c: inner }),
    branch("z"),
  );
  expect(refusal(deep)).toBe(TOO_MANY_KEYS);
  const sameKeys = { $or: [{ a: values(2) }, { $or: [{ a: ["3"] }, { a: ["4"] }] }] };
  expect(refusal(sameKeys)).toBeUndefined();
});

test("a wildcard pattern may have three asterisks", () => {
  expect(refusal({ a: [{ wildcard: "*a*b*" }] })).toBeUndefined();
  expect(refusal({ a: [{ wildcard: "*a*b*c*" }] })).toBe(TOO_COMPLEX);
  expect(refusal({ a: [{ wildcard: "*a*b*c\\*" }] })).toBeUndefined();
  expect(refusal({ a: [{ "anything-but": { wildcard: "*a*b*c*" } }] })).toBe(TOO_COMPLEX);
});

function patterns(count: number, shape: (name: string) => string): readonly object[] {
  return values(count).map((name) => ({ wildcard: shape(name) }));
}

test("patterns with one asterisk count one point each, times their number, up to a hundred", () => {
  expect(refusal({ a: patterns(10, (name) => `${name}*`) })).toBeUndefined();
  expect(refusal({ a: patterns(11, (name) => `${name}*`) })).toBe(TOO_COMPLEX);
});

test("patterns with several asterisks count three points for each", () => {
  // Observed on the real service: four of these are accepted, five are not.
  expect(refusal({ a: patterns(4, (name) => `*/${name}/*`) })).toBeUndefined();
  expect(refusal({ a: patterns(5, (name) => `*/${name}/*`) })).toBe(TOO_COMPLEX);
});

test("patterns behind anything-but count one point each", () => {
  const excluded = (count: number): object => ({
    "anything-but": { wildcard: values(count).map((name) => `*${name}*`) },
  });
  expect(refusal({ a: [excluded(10)] })).toBeUndefined();
  expect(refusal({ a: [excluded(11)] })).toBe(TOO_COMPLEX);
});

test("the points of all keys add up", () => {
  const four = patterns(4, (name) => `*/${name}/*`);
  expect(refusal({ a: four, b: patterns(2, (name) => `${name}*`) })).toBeUndefined();
  expect(refusal({ a: four, b: patterns(3, (name) => `${name}*`) })).toBe(TOO_COMPLEX);
});

test("a policy may have 256 KiB", () => {
  const sized = (bytes: number): object => ({ a: ["v".repeat(bytes - '{"a":[""]}'.length)] });
  expect(refusal(sized(256 * 1024))).toBeUndefined();
  expect(refusal(sized(256 * 1024 + 1))).toBe(TOO_COMPLEX);
});

test("a text beyond 256 KiB is not read, be it a policy or not", () => {
  const result = compileFilterPolicy("{".padEnd(256 * 1024 + 1), "MessageBody");
  expect(result).toEqual({ error: { message: TOO_COMPLEX } });
});
