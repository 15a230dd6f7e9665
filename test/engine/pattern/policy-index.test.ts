import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { compileFilterPolicy, type FilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import { Alternative } from "../../../src/engine/pattern/matching/alternative.ts";
import { type FilterPolicyScope, MessageView } from "../../../src/engine/pattern/matching/message-view.ts";
import { PolicyIndex } from "../../../src/engine/pattern/policy-index.ts";
import { attributePolicy, attributes, body, bodyPolicy } from "../../support/filter-arbitraries.ts";

function policy(json: object, scope: FilterPolicyScope = "MessageBody"): FilterPolicy {
  const result = compileFilterPolicy(JSON.stringify(json), scope);
  if ("error" in result) throw new Error(result.error.message);
  return result.policy;
}

function message(json: object): MessageView {
  return new MessageView({ body: JSON.stringify(json) });
}

test("subscriptions come in the order they were added, whatever their policies", () => {
  const index = new PolicyIndex<string>();
  index.set("residual", policy({ a: [{ prefix: "x" }] }));
  index.set("unfiltered", undefined);
  index.set("keyed", policy({ a: ["x"] }));
  index.set("attributes", policy({ a: ["x"] }, "MessageAttributes"));
  index.set("empty", policy({}));
  const view = new MessageView({ attributes: { a: { dataType: "String", value: "x" } }, body: '{"a":"x"}' });
  expect(index.matches(view)).toEqual(["residual", "unfiltered", "keyed", "attributes", "empty"]);
});

test("a subscription keeps its place when its policy changes", () => {
  const index = new PolicyIndex<string>();
  for (const name of ["first", "second", "third"]) index.set(name, policy({ a: ["x"] }));
  index.set("second", policy({ a: ["y"] }));
  expect(index.matches(message({ a: "x" }))).toEqual(["first", "third"]);
  expect(index.matches(message({ a: "y" }))).toEqual(["second"]);
  index.set("second", undefined);
  expect(index.matches(message({ a: "x" }))).toEqual(["first", "second", "third"]);
  expect(index.size).toBe(3);
});

test("a deleted subscription is gone, and comes last when it is added again", () => {
  const index = new PolicyIndex<string>();
  index.set("first", undefined);
  index.set("second", undefined);
  expect(index.delete("first")).toBe(true);
  expect(index.delete("first")).toBe(false);
  expect(index.matches(message({}))).toEqual(["second"]);
  index.set("first", undefined);
  expect(index.matches(message({}))).toEqual(["second", "first"]);
});

test("a subscription that accepts a message for several reasons is found once", () => {
  const index = new PolicyIndex<string>();
  for (let count = 0; count < 20; count++) index.set(`other ${count}`, policy({ a: [`${count}`] }));
  index.set("many", policy({ $or: [{ a: ["x", "y"] }, { a: ["z"] }, { b: [{ exists: true }] }] }));
  expect(index.matches(message({ a: ["x", "y", "z"], b: 1 }))).toEqual(["many"]);
});

/** The scopes a search takes the message apart for. */
function scopesAsked(index: PolicyIndex<string> | PolicyIndex<number>): readonly FilterPolicyScope[] {
  const fields = vi.spyOn(MessageView.prototype, "fields");
  try {
    index.matches(message({ a: 7, b: 77 }));
    return [...new Set(fields.mock.calls.map(([scope]) => scope))];
  } finally {
    fields.mockRestore();
  }
}

test("a message is not taken apart for a scope no policy has", () => {
  const index = new PolicyIndex<string>();
  index.set("unfiltered", undefined);
  index.set("attributes", policy({ a: ["x"] }, "MessageAttributes"));
  expect(scopesAsked(index)).toEqual(["MessageAttributes"]);
  index.set("body", policy({ a: ["x"] }));
  expect(scopesAsked(index)).toEqual(["MessageAttributes", "MessageBody"]);
  index.delete("attributes");
  expect(scopesAsked(index)).toEqual(["MessageBody"]);
});

test("nothing is left of policies that have gone", () => {
  const index = new PolicyIndex<number>();
  for (let n = 0; n < 1000; n++) index.set(n, policy({ a: [n % 10], b: [n, n + 1] }));
  for (let n = 0; n < 1000; n++) index.delete(n);
  expect(index.size).toBe(0);
  expect(scopesAsked(index)).toEqual([]);
  index.set(1, policy({ a: [1] }));
  expect(index.matches(message({ a: 1 }))).toEqual([1]);
});

test("a value that a message repeats is followed once", () => {
  const names = ["a", "b", "c", "d", "e"];
  const index = new PolicyIndex<number>();
  const same = policy(Object.fromEntries(names.map((name) => [name, ["x"]])));
  for (let n = 0; n < 100; n++) index.set(n, same);
  // Followed every time, these would be 2000^5 ways through the buckets.
  const repeated = Object.fromEntries(names.map((name) => [name, Array<string>(2000).fill("x")]));
  expect(index.matches(message(repeated))).toHaveLength(100);
});

test("a search finds what trying every policy finds, while subscriptions come, change and go", () => {
  const given = fc.oneof(
    fc.tuple(bodyPolicy, fc.constant("MessageBody" as const)),
    fc.tuple(attributePolicy, fc.constant("MessageAttributes" as const)),
    fc.constant(undefined),
  );
  const step = fc.tuple(fc.nat(24), fc.option(given, { freq: 6, nil: "delete" as const }));
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.array(fc.tuple(attributes, body), { maxLength: 5 }),
      (steps, sent) => {
        const index = new PolicyIndex<number>();
        const all = new Map<number, FilterPolicy | undefined>();
        for (const [subscription, change] of steps) apply(index, all, subscription, change);
        for (const [attributesSent, bodySent] of sent) {
          const view = new MessageView({ attributes: attributesSent, body: bodySent });
          const expected = [...all]
            .filter(([, each]) => each?.accepts(view) ?? true)
            .map(([subscription]) => subscription);
          expect(index.matches(view)).toEqual(expected);
        }
      },
    ),
    { numRuns: 300 },
  );
});

type Change = readonly [object, FilterPolicyScope] | undefined | "delete";

function apply(
  index: PolicyIndex<number>,
  all: Map<number, FilterPolicy | undefined>,
  id: number,
  change: Change,
): void {
  if (change === "delete") {
    index.delete(id);
    all.delete(id);
    return;
  }
  const result = change === undefined ? undefined : compileFilterPolicy(JSON.stringify(change[0]), change[1]);
  if (result !== undefined && "error" in result) return;
  index.set(id, result?.policy);
  all.set(id, result?.policy);
}

/** How many alternatives a search looks at. */
function tried(index: PolicyIndex<number>, view: MessageView): number {
  const accepts = vi.spyOn(Alternative.prototype, "accepts");
  try {
    index.matches(view);
    return accepts.mock.calls.length;
  } finally {
    accepts.mockRestore();
  }
}

const POPULATIONS: readonly (readonly [name: string, policyOf: (n: number) => object, message: object])[] = [
  ["one field each", (n) => ({ id: [`${n}`] }), { id: "77" }],
  ["one number each", (n) => ({ id: [n] }), { id: 77 }],
  ["a field in common before the one that differs", (n) => ({ a: ["same"], id: [`${n}`] }), { a: "same", id: "77" }],
  ["a field in common after the one that differs", (n) => ({ id: [`${n}`], z: ["same"] }), { id: "77", z: "same" }],
  ["two fields that differ together", (n) => ({ a: [n % 100], b: [Math.floor(n / 100)] }), { a: 7, b: 7 }],
  ["another operator beside", (n) => ({ id: [`${n}`], price: [{ numeric: [">", 0] }] }), { id: "77", price: 1 }],
  ["a name each", (n) => ({ [`k${n}`]: ["v"] }), { k77: "v" }],
  ["a deep path", (n) => ({ a: { b: { c: [`${n}`] } } }), { a: [{ b: { c: "77" } }] }],
  ["several values each", (n) => ({ id: [`${n}`, `${n}x`, `${n}y`] }), { id: "77x" }],
  ["$or", (n) => ({ $or: [{ id: [`${n}`] }, { name: [`${n}`] }] }), { name: "77" }],
];

test.for(POPULATIONS)(
  "among 1000 policies with %s, a search looks at few but the one that accepts",
  ([, policyOf, sent]) => {
    const index = new PolicyIndex<number>();
    for (let n = 0; n < 1000; n++) index.set(n, policy(policyOf(n)));
    expect(index.matches(message(sent))).toHaveLength(1);
    expect(tried(index, message(sent))).toBeLessThanOrEqual(30);
  },
);

test("a search looks at no more policies among 10,000 than among 100", () => {
  const index = new PolicyIndex<number>();
  const counts = [100, 1000, 10_000].map((size) => {
    while (index.size < size) index.set(index.size, policy({ id: [`${index.size}`] }));
    return tried(index, message({ id: "77" }));
  });
  expect(new Set(counts).size).toBe(1);
});

test("attribute policies are indexed like body policies", () => {
  const index = new PolicyIndex<number>();
  for (let n = 0; n < 1000; n++) index.set(n, policy({ id: [`${n}`] }, "MessageAttributes"));
  const view = new MessageView({ attributes: { id: { dataType: "String", value: "77" } }, body: "" });
  expect(index.matches(view)).toEqual([77]);
  expect(tried(index, view)).toBeLessThanOrEqual(20);
});
