import { required, structure } from "../../../model/shape.ts";
import { hasPermission, withoutPermission } from "../../policy-statement.ts";
import { invalidValue, queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { policyOf, setPolicy } from "../queue/grant.ts";
import { label, queueUrl } from "../shapes.ts";

/** Takes the statement of that label out of the policy of a queue. API_RemovePermission. */
export const removePermission = queueOperation({
  name: "RemovePermission",
  input: structure({ QueueUrl: required(queueUrl), Label: required(label) }),
  errors: queueErrors,
  isOwnersOnly: true,
  handle(context, { Label }) {
    const policy = policyOf(context);
    if (!hasPermission(policy, Label)) {
      // AWS: the shorter text is recorded of a queue without a policy. The other is hearsay.
      const hasPolicy = context.queue.attributes.Policy !== undefined;
      throw invalidValue("Label", Label, hasPolicy ? "can't find label on existing policy." : "can't find label.");
    }
    setPolicy(context, withoutPermission(policy, Label));
  },
});
