import type { Topic } from "../../../engine/topic/topic.ts";
import { formatArn } from "../../../kernel/arn.ts";
import { required, string, structure } from "../../../model/shape.ts";
import {
  anyCallErrors,
  InvalidSecurity,
  invalidParameter,
  TagLimitExceeded,
  TopicLimitExceeded,
  tagErrors,
} from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { whenCreated } from "../refusal.ts";
import { stringMap, tagList } from "../shapes.ts";
import { readTags, withTags } from "../topic/tags.ts";
import type { TopicSubject } from "../topic/topic-attributes.ts";
import {
  type Attributes,
  checkDataProtectionPolicy,
  hasOtherAttributes,
  newTopicAttributes,
} from "../topic/topic-changes.ts";
import { isFifoTopic, topicSettingsOf } from "../topic/topic-settings.ts";

/** Creates a topic, or finds the one of that name. API_CreateTopic. */
export const createTopic = snsOperation({
  name: "CreateTopic",
  input: structure({
    Name: required(string()),
    Attributes: stringMap,
    Tags: tagList,
    DataProtectionPolicy: string(),
  }),
  output: structure({ TopicArn: string() }),
  errors: [...anyCallErrors, TopicLimitExceeded, InvalidSecurity, TagLimitExceeded, ...tagErrors],
  gaps: [
    "KmsMasterKeyId is stored, nothing is encrypted.",
    "Policy is stored, nobody is refused by it, and its principals are not looked up.",
    "Feedback roles and TracingConfig are stored; nothing is logged or traced.",
  ],
  handle({ call, topics }, { Name: name, Attributes: given = {}, Tags = [], DataProtectionPolicy = "" }) {
    const { scope } = call;
    const arn = formatArn("sns", scope, name);
    const subject = { arn, scope, isFifo: isFifoTopic(name, given), refusal: whenCreated };
    const tags = readTags(Tags, call);
    const existing = topics.in(scope).find(name);
    if (existing === undefined) {
      const attributes = newTopicAttributes(given, subject);
      topics.in(scope).create(name, {
        settings: topicSettingsOf(attributes),
        attributes,
        tags: withTags({}, tags),
        dataProtectionPolicy: checkDataProtectionPolicy(DataProtectionPolicy, subject),
      });
    } else {
      refuseDifference(existing, { given, tags, subject });
    }
    return { TopicArn: arn };
  },
});

/** AWS: only what is given is compared. */
function refuseDifference(
  { definition }: Topic,
  wanted: {
    readonly given: Attributes;
    readonly tags: Attributes;
    readonly subject: Omit<TopicSubject, "attributes">;
  },
): void {
  const { attributes, tags } = definition;
  if (hasOtherAttributes(wanted.given, { ...wanted.subject, attributes })) {
    throw invalidParameter("Attributes", "Topic already exists with different attributes");
  }
  if (Object.entries(wanted.tags).some(([key, value]) => tags[key] !== value)) {
    throw invalidParameter("Tags", "Topic already exists with different tags");
  }
}
