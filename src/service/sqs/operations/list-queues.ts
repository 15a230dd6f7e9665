import { string, structure } from "../../../model/shape.ts";
import { anyCallErrors } from "../errors.ts";
import { sqsOperation } from "../operation.ts";
import { queuePageOf } from "../queue/page.ts";
import { queueUrlOf } from "../queue/queue-address.ts";
import { maxResults, queueUrls } from "../shapes.ts";

/** Lists the queues of the caller's account and region by name. API_ListQueues. */
export const listQueues = sqsOperation({
  name: "ListQueues",
  input: structure({ QueueNamePrefix: string(), NextToken: string(), MaxResults: maxResults }),
  output: structure({ QueueUrls: queueUrls, NextToken: string() }),
  errors: anyCallErrors,
  isAtRootOnly: true,
  handle({ call, directory }, { QueueNamePrefix: prefix, ...page }) {
    const queues = directory.in(call.scope);
    const { items, nextToken } = queuePageOf((after) => queues.list({ after, prefix }), {
      ...page,
      listing: "ListQueues",
    });
    if (items.length === 0) return {};
    return {
      QueueUrls: items.map(({ scope, name }) => queueUrlOf(call.origin, scope.account, name)),
      NextToken: nextToken,
    };
  },
});
