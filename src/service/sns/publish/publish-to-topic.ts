import type { NewNotification, PublishedNotification } from "../../../engine/topic/notification.ts";
import type { TopicSettings } from "../../../engine/topic/settings.ts";
import type { Topic } from "../../../engine/topic/topic.ts";
import type { MessageAttributes } from "../../../kernel/message-attribute.ts";
import { callerArn } from "../../../kernel/scope.ts";
import { isTraceHeader } from "../../trace-header.ts";
import { AuthorizationError, invalid, invalidParameter } from "../errors.ts";
import type { SnsContext } from "../operation.ts";
import { checkSize, type MessageInput, type Structure, structureOf } from "./message.ts";

/** MessageGroupId and MessageDeduplicationId. API_Publish. */
const PUNCTUATED_ID = /^[!-~]{1,128}$/;

interface Message {
  readonly input: MessageInput;
  readonly attributes: MessageAttributes | undefined;
}

/** Publishes a message whose subject and attributes are checked, once the topic allows the rest. */
export function publishToTopic(context: SnsContext, topic: Topic, message: Message): PublishedNotification {
  const { input, attributes } = message;
  const { settings } = topic.definition;
  checkSize(input, settings.maxMessageBytes);
  const structure = structureOf(input, "default");
  checkTopicType(input, settings);
  return publishStructured(context, topic, { input, attributes, structure });
}

/** Publishes a message that is taken apart already, and fits the type of its topic. */
export function publishStructured(
  context: SnsContext,
  topic: Topic,
  { input, attributes, structure }: Message & { readonly structure: Structure | undefined },
): PublishedNotification {
  checkId("MessageGroupId", input.MessageGroupId);
  checkId("MessageDeduplicationId", input.MessageDeduplicationId);
  const { origin, traceHeader } = context.call;
  const content = {
    message: input.Message,
    structure,
    subject: input.Subject,
    attributes,
    groupId: input.MessageGroupId,
    deduplicationId: input.MessageDeduplicationId,
    traceHeader: traceHeader !== undefined && isTraceHeader(traceHeader) ? traceHeader : undefined,
    origin,
  };
  return topic.publish(protectedContent(context, topic, content));
}

/** Throws InvalidParameter unless a message has the ids its kind of topic wants, and no others. */
export function checkTopicType(
  { MessageGroupId, MessageDeduplicationId }: MessageInput,
  settings: TopicSettings,
): void {
  if (settings.isFifo) {
    if (MessageGroupId === undefined) throw invalid("The MessageGroupId parameter is required for FIFO topics");
    if (MessageDeduplicationId === undefined && !settings.contentBasedDeduplication) {
      throw invalid(
        "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
      );
    }
  } else if (MessageDeduplicationId !== undefined) {
    throw invalidParameter(
      "MessageDeduplicationId",
      "The request includes MessageDeduplicationId parameter that is not valid for this topic type",
    );
  }
}

/** GAP: AWS's words are not known. */
function checkId(name: string, id: string | undefined): void {
  if (id === undefined || PUNCTUATED_ID.test(id)) return;
  throw invalidParameter(name, "can only include alphanumeric and punctuation characters, 1 to 128 in length");
}

function protectedContent({ call, ports }: SnsContext, topic: Topic, content: NewNotification): NewNotification {
  if (topic.definition.dataProtectionPolicy === undefined) return content;
  const caller = callerArn(call.scope);
  const allowed = ports.protect(topic, content, caller);
  if (allowed === "too much") {
    throw invalidParameter("Message", "The topic's data protection policy is too complex for a message of this size");
  }
  if (allowed !== "denied") return allowed;
  throw new AuthorizationError({ caller, action: "Publish", resource: topic.arn });
}
