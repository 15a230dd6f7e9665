import { list, required, string, structure } from "../../../model/shape.ts";
import { hasPermission, withPermission } from "../../policy-statement.ts";
import { invalidValue, OverLimit, queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { checkGrant, policyOf, setPolicy } from "../queue/grant.ts";
import { label, queueUrl } from "../shapes.ts";

/** Adds a statement to the policy of a queue that lets other accounts call some of its operations. API_AddPermission. */
export const addPermission = queueOperation({
  name: "AddPermission",
  input: structure({
    QueueUrl: required(queueUrl),
    Label: required(label),
    AWSAccountIds: required(list(string(), { flatName: "AWSAccountId" })),
    Actions: required(list(string(), { flatName: "ActionName", min: 1 })),
  }),
  errors: [OverLimit, ...queueErrors],
  gaps: ["The permission is stored, nobody needs it, and its accounts are not looked up."],
  isOwnersOnly: true,
  handle(context, { Label, AWSAccountIds: accounts, Actions: actions }) {
    checkGrant(accounts, actions);
    const policy = policyOf(context);
    if (hasPermission(policy, Label)) throw invalidValue("Label", Label, "Already exists.");
    const permission = { label: Label, accounts, actions: actions.map((action) => `SQS:${action}`) };
    setPolicy(context, withPermission(policy, permission, context.queue));
  },
});
