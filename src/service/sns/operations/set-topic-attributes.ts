import { required, string, structure } from "../../../model/shape.ts";
import { absentValue } from "../attribute-values.ts";
import { InvalidSecurity, resourceErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { checkReceivers } from "../publish/large-messages.ts";
import { whenSet } from "../refusal.ts";
import { topicNamed } from "../resource.ts";
import { arn } from "../shapes.ts";
import { topicAttributes } from "../topic/topic-attributes.ts";
import { changedTopicAttributes } from "../topic/topic-changes.ts";
import { topicSettingsOf } from "../topic/topic-settings.ts";

/** Sets an attribute of a topic. API_SetTopicAttributes. */
export const setTopicAttributes = snsOperation({
  name: "SetTopicAttributes",
  input: structure({ TopicArn: required(arn), AttributeName: required(string()), AttributeValue: string() }),
  errors: [...resourceErrors, InvalidSecurity],
  gaps: [
    "KmsMasterKeyId is stored, nothing is encrypted.",
    "Policy is stored, nobody is refused by it, and its principals are not looked up.",
    "Feedback roles and TracingConfig are stored; nothing is logged or traced.",
  ],
  handle(context, { TopicArn, AttributeName: name, AttributeValue: value }) {
    const topic = topicNamed(context, TopicArn);
    const attribute = topicAttributes.get(name);
    if (attribute?.isCreateOnly) whenSet.name(name);
    const { arn, scope, definition } = topic;
    const subject = {
      arn,
      scope,
      isFifo: definition.settings.isFifo,
      attributes: definition.attributes,
      refusal: whenSet,
    };
    const attributes = changedTopicAttributes({ [name]: value ?? absentValue(attribute) }, subject);
    const settings = topicSettingsOf(attributes);
    checkReceivers(topic, settings.maxMessageBytes);
    topic.configure({ ...definition, attributes, settings });
  },
});
