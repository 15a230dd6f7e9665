import type { Run } from "../command.ts";
import { attributesOf, contentOf } from "../content.ts";
import { find } from "../server/find.ts";

/** Publishes a message to a topic. */
export const run: Run = async (call) => {
  const { words, flags, aws, output } = call;
  const attributes = attributesOf(flags.list("attribute"));
  const message = await contentOf(call);
  const topic = await find(call, words[0] ?? "", ["topic"]);
  const input: Record<string, string> = {
    Action: "Publish",
    Version: "2010-03-31",
    TopicArn: topic.arn,
    Message: String(message),
  };
  const members = { Subject: "subject", MessageGroupId: "group", MessageDeduplicationId: "deduplication-id" };
  for (const [member, flag] of Object.entries(members)) {
    const value = flags.text(flag);
    if (value !== undefined) input[member] = value;
  }
  for (const [index, { name, type, value }] of attributes.entries()) {
    const entry = `MessageAttributes.entry.${index + 1}`;
    input[`${entry}.Name`] = name;
    input[`${entry}.Value.DataType`] = type;
    input[`${entry}.Value.${type.startsWith("Binary") ? "BinaryValue" : "StringValue"}`] = value;
  }
  const MessageId = await aws.query("MessageId", input, topic);
  if (output.isJson) output.json({ MessageId });
  else output.line(MessageId ?? "");
  return 0;
};
