import { required, string, structure } from "../../../model/shape.ts";
import { withoutPermission } from "../../policy-statement.ts";
import { resourceErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { topicNamed } from "../resource.ts";
import { arn } from "../shapes.ts";
import { policyOf, setPolicy } from "../topic/topic-policy.ts";

/** Takes the statement of that label, if there is one, out of the policy of a topic. API_RemovePermission. */
export const removePermission = snsOperation({
  name: "RemovePermission",
  input: structure({ TopicArn: required(arn), Label: required(string()) }),
  errors: resourceErrors,
  handle(context, { TopicArn, Label }) {
    const topic = topicNamed(context, TopicArn);
    setPolicy(topic, withoutPermission(policyOf(topic), Label));
  },
});
