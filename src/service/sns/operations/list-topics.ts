import { list, string, structure } from "../../../model/shape.ts";
import { anyCallErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { listingPage } from "../page.ts";

/** Lists the topics of the caller's account and region. API_ListTopics. */
export const listTopics = snsOperation({
  name: "ListTopics",
  input: structure({ NextToken: string() }),
  output: structure({ Topics: list(structure({ TopicArn: string() })), NextToken: string() }),
  errors: anyCallErrors,
  handle({ call, topics }, input) {
    const own = topics.in(call.scope);
    const { items, nextToken } = listingPage(
      (after) => own.list({ after }),
      ({ name }) => name,
      { ...input, listing: "ListTopics" },
    );
    return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken: nextToken };
  },
});
