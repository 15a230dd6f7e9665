import { InvalidState, resourceErrors, tagErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { checkTopicName } from "../resource.ts";
import { topicArn } from "../shapes.ts";

/** Deletes a topic and its subscriptions. To delete one that is not there is no error. API_DeleteTopic. */
export const deleteTopic = snsOperation({
  name: "DeleteTopic",
  input: topicArn,
  errors: [...resourceErrors, InvalidState, ...tagErrors],
  handle({ topics }, { TopicArn }) {
    const topic = topics.byArn(TopicArn);
    if (topic === undefined) return checkTopicName(TopicArn);
    if (topic.definition.settings.archiveRetentionMs !== undefined) {
      throw new InvalidState("Cannot delete a topic with an ArchivePolicy");
    }
    return topics.delete(topic);
  },
});
