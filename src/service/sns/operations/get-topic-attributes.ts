import { InvalidSecurity, resourceErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { topicNamed } from "../resource.ts";
import { attributesOutput, topicArn } from "../shapes.ts";
import { shownTopicAttributes } from "../topic/topic-attributes.ts";

/** Shows everything a topic has. API_GetTopicAttributes. */
export const getTopicAttributes = snsOperation({
  name: "GetTopicAttributes",
  input: topicArn,
  output: attributesOutput,
  errors: [...resourceErrors, InvalidSecurity],
  handle: (context, { TopicArn }) => ({ Attributes: shownTopicAttributes(topicNamed(context, TopicArn)) }),
});
