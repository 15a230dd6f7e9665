import { required, structure } from "../../../model/shape.ts";
import { hasPermission, withoutPermission } from "../../policy-statement.ts";
import { invalidValue, queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { policyOf, setPolicy } from "../permission.ts";
import { label, queueUrl } from "../shapes.ts";

/** Takes the statement of that label out of the policy of a queue. API_RemovePermission. */
export const removePermission = queueOperation({
  name: "RemovePermission",
  input: structure({ QueueUrl: required(queueUrl), Label: required(label) }),
  errors: queueErrors,
  isOwnersOnly: true,
  handle(context, { Label }) {
    const policy = policyOf(context);
    if (!hasPermission(policy, Label)) throw invalidValue("Label", Label, "can't find label on existing policy.");
    setPolicy(context, withoutPermission(policy, Label));
  },
});
