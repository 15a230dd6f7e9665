import { required, string, structure } from "../../../model/shape.ts";
import { queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { queuePageOf } from "../queue/page.ts";
import { queueUrlOf } from "../queue/queue-address.ts";
import { maxResults, queueUrl, queueUrls } from "../shapes.ts";

/** Lists the queues that a queue is the dead-letter queue of. API_ListDeadLetterSourceQueues. */
export const listDeadLetterSourceQueues = queueOperation({
  name: "ListDeadLetterSourceQueues",
  input: structure({ QueueUrl: required(queueUrl), NextToken: string(), MaxResults: maxResults }),
  output: structure({ queueUrls: required(queueUrls), NextToken: string() }),
  errors: queueErrors,
  gaps: ["Only sources in the queue's own account and region are listed."],
  handle({ call, directory, queue }, page) {
    const queues = directory.in(queue.scope);
    const { items, nextToken } = queuePageOf((after) => queues.deadLetterSources(queue.arn, { after }), {
      ...page,
      listing: "ListDeadLetterSourceQueues",
    });
    return {
      queueUrls: items.map(({ scope, name }) => queueUrlOf(call.origin, scope.account, name)),
      NextToken: nextToken,
    };
  },
});
