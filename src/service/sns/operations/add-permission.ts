import { isAccountId } from "../../../kernel/scope.ts";
import { list, required, string, structure } from "../../../model/shape.ts";
import { hasPermission, withPermission } from "../../policy-statement.ts";
import { invalid, resourceErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { topicNamed } from "../resource.ts";
import { arn } from "../shapes.ts";
import { grantableActions, OUT_OF_SCOPE, policyOf, setPolicy } from "../topic/topic-policy.ts";

/** Adds a statement to the policy of a topic that lets other accounts perform some actions. API_AddPermission. */
export const addPermission = snsOperation({
  name: "AddPermission",
  input: structure({
    TopicArn: required(arn),
    Label: required(string()),
    AWSAccountId: required(list(string(), { min: 1 })),
    ActionName: required(list(string(), { min: 1 })),
  }),
  errors: resourceErrors,
  gaps: ["The permission is stored, nobody needs it, and its accounts are not looked up."],
  handle(context, { TopicArn, Label, AWSAccountId: accounts, ActionName: actions }) {
    const topic = topicNamed(context, TopicArn);
    const policy = policyOf(topic);
    if (hasPermission(policy, Label)) throw invalid("Statement already exists");
    if (!actions.every((action) => grantableActions.includes(action))) throw invalid(OUT_OF_SCOPE);
    if (!accounts.every(isAccountId)) throw invalid("A provided account ID is not valid");
    const permission = { label: Label, accounts, actions: actions.map((action) => `SNS:${action}`) };
    setPolicy(topic, withPermission(policy, permission, topic));
  },
});
