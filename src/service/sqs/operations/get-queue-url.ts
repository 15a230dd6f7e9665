import { isAccountId } from "../../../kernel/scope.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, QueueDoesNotExist } from "../errors.ts";
import { sqsOperation } from "../operation.ts";
import { queueUrlOf } from "../queue/queue-address.ts";
import { queueUrl } from "../shapes.ts";

/** Finds the URL of a queue by its name. API_GetQueueUrl. */
export const getQueueUrl = sqsOperation({
  name: "GetQueueUrl",
  input: structure({ QueueName: required(string()), QueueOwnerAWSAccountId: string() }),
  output: structure({ QueueUrl: queueUrl }),
  errors: [QueueDoesNotExist, ...anyCallErrors],
  handle({ call, directory }, { QueueName: name, QueueOwnerAWSAccountId: account = call.scope.account }) {
    const queue = isAccountId(account) ? directory.find({ ...call.scope, account }, name) : undefined;
    if (queue === undefined) throw new QueueDoesNotExist();
    return { QueueUrl: queueUrlOf(call.origin, account, name) };
  },
});
