import fc from "fast-check";
import { expect, test } from "vitest";
import { compileFilterPolicy, type FilterPolicy } from "../../../../src/engine/topic/filter/filter-policy.ts";
import { type FilterPolicyScope, MessageView } from "../../../../src/engine/topic/filter/matching/message-view.ts";
import { attributePolicy, attributes, body, bodyPolicy } from "../../../support/filter-arbitraries.ts";
import { naiveAttributeMatch, naiveBodyMatch } from "../../../support/naive-filter.ts";

/** Skips the policies that go beyond AWS's limits or name a path twice. */
function compiled(policy: object, scope: FilterPolicyScope): FilterPolicy {
  const result = compileFilterPolicy(JSON.stringify(policy), scope);
  fc.pre("policy" in result);
  return result.policy;
}

test("a compiled policy accepts the bodies that the naive reading of its text accepts", () => {
  fc.assert(
    fc.property(bodyPolicy, body, (policy, text) => {
      const accepted = compiled(policy, "MessageBody").accepts(new MessageView({ body: text }));
      expect(accepted).toBe(naiveBodyMatch(JSON.parse(JSON.stringify(policy)), text));
    }),
    { numRuns: 1500 },
  );
});

test("a compiled policy accepts the attributes that the naive reading of its text accepts", () => {
  fc.assert(
    fc.property(attributePolicy, attributes, (policy, given) => {
      const view = new MessageView({ attributes: given, body: "" });
      const accepted = compiled(policy, "MessageAttributes").accepts(view);
      expect(accepted).toBe(naiveAttributeMatch(JSON.parse(JSON.stringify(policy)), given));
    }),
    { numRuns: 1500 },
  );
});
