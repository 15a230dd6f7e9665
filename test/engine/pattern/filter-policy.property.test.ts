import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileFilterPolicy, type FilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import { type FilterPolicyScope, MessageView } from "../../../src/engine/pattern/matching/message-view.ts";
import {
  attributePolicy,
  attributes,
  body,
  bodyPolicy,
  singleAttribute,
  singleBody,
  singlePolicy,
} from "../../support/filter-arbitraries.ts";
import { type NaiveAttribute, naiveAttributeMatch, naiveBodyMatch } from "../../support/naive-filter.ts";

/** Undefined for policies that go beyond AWS's limits or name a path twice. */
function compiled(policy: object, scope: FilterPolicyScope): FilterPolicy | undefined {
  const result = compileFilterPolicy(JSON.stringify(policy), scope);
  return "policy" in result ? result.policy : undefined;
}

type Attributes = Readonly<Record<string, NaiveAttribute>>;

/** How many generated messages are accepted, and how many are not, when the compiler and the naive reading agree. */
type Tally = Record<"accepted" | "refused", number>;

function holdBodies(policies: fc.Arbitrary<object>, bodies: fc.Arbitrary<string>): Tally {
  const tally = { accepted: 0, refused: 0 };
  const agree = (policy: object, text: string): void => {
    const filter = compiled(policy, "MessageBody");
    fc.pre(filter !== undefined);
    const isAccepted = filter.accepts(new MessageView({ body: text }));
    expect(isAccepted).toBe(naiveBodyMatch(JSON.parse(JSON.stringify(policy)), text));
    tally[isAccepted ? "accepted" : "refused"]++;
  };
  fc.assert(fc.property(policies, bodies, agree), { numRuns: 1500 });
  return tally;
}

function holdAttributes(policies: fc.Arbitrary<object>, given: fc.Arbitrary<Attributes>): Tally {
  const tally = { accepted: 0, refused: 0 };
  const agree = (policy: object, one: Attributes): void => {
    const filter = compiled(policy, "MessageAttributes");
    fc.pre(filter !== undefined);
    const isAccepted = filter.accepts(new MessageView({ attributes: one, body: "" }));
    expect(isAccepted).toBe(naiveAttributeMatch(JSON.parse(JSON.stringify(policy)), one));
    tally[isAccepted ? "accepted" : "refused"]++;
  };
  fc.assert(fc.property(policies, given, agree), { numRuns: 1500 });
  return tally;
}

/** So often that no run of the generators has less by chance. */
const OFTEN = { accepted: expect.toSatisfy(isOften), refused: expect.toSatisfy(isOften) };

function isOften(count: number): boolean {
  return count > 40;
}

describe("a compiled policy accepts what the naive reading of its text accepts", () => {
  test("of bodies", () => {
    expect(holdBodies(bodyPolicy, body)).toEqual(OFTEN);
  });

  test("of attributes", () => {
    expect(holdAttributes(attributePolicy, attributes)).toEqual(OFTEN);
  });

  test("of bodies with one value, by one condition", () => {
    expect(holdBodies(singlePolicy, singleBody)).toEqual(OFTEN);
  });

  test("of single attributes, by one condition", () => {
    expect(holdAttributes(singlePolicy, singleAttribute)).toEqual(OFTEN);
  });
});

const OPERATORS: readonly string[] = [
  "anything-but",
  "cidr",
  "equals-ignore-case",
  "exactly",
  "exists",
  "numeric",
  "prefix",
  "suffix",
  "wildcard",
];
const INSIDE_ANYTHING_BUT: readonly string[] = ["equals-ignore-case", "prefix", "suffix", "wildcard"];

/** The operators in a policy that compiles, and in what it excludes. */
function operatorsIn(json: unknown, found: Set<string>): Set<string> {
  if (typeof json !== "object" || json === null) return found;
  for (const [name, value] of Object.entries(json)) {
    if (OPERATORS.includes(name) || name === "$or") found.add(name);
    if (name === "anything-but") for (const inner of operatorsIn(value, new Set())) found.add(`${name} ${inner}`);
    else operatorsIn(value, found);
  }
  return found;
}

test.for([
  ["MessageBody", bodyPolicy],
  ["MessageAttributes", attributePolicy],
] as const)("with scope %s the generated policies have every operator", ([scope, policies]) => {
  const found = new Set<string>();
  for (const policy of fc.sample(policies, { numRuns: 1000, seed: 1 })) {
    if (compiled(policy, scope) !== undefined) operatorsIn(policy, found);
  }
  const inner = INSIDE_ANYTHING_BUT.map((name) => `anything-but ${name}`);
  expect([...found].sort()).toEqual(["$or", ...OPERATORS, ...inner].sort());
});
