import type { Run } from "../command.ts";
import { attributesOf, contentOf } from "../content.ts";
import { misuse } from "../failure.ts";
import { find } from "../server/find.ts";

const MOST_DELAY_SECONDS = 900;

/** Sends a message to a queue. */
export const run: Run = async (call) => {
  const { words, flags, aws, output } = call;
  const attributes = attributesOf(flags.list("attribute"));
  const delay = delayOf(flags.text("delay"));
  const body = await contentOf(call);
  const queue = await find(call, words[0] ?? "", ["queue"]);
  const input = {
    QueueUrl: `${aws.endpoint}/${queue.account}/${queue.name}`,
    MessageBody: String(body),
    DelaySeconds: delay,
    MessageGroupId: flags.text("group"),
    MessageDeduplicationId: flags.text("deduplication-id"),
    MessageAttributes: Object.fromEntries(
      attributes.map(({ name, type, value }) => [
        name,
        { DataType: type, [type.startsWith("Binary") ? "BinaryValue" : "StringValue"]: value },
      ]),
    ),
  };
  const answer = await aws.json("sqs", { operation: "SendMessage", input, scope: queue });
  if (output.isJson) output.json(answer);
  else output.line(String(answer.MessageId));
  return 0;
};

function delayOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,3}$/.test(text) && Number(text) <= MOST_DELAY_SECONDS) return Number(text);
  throw misuse(`--delay is a whole number of seconds up to ${MOST_DELAY_SECONDS}, not "${text}"`);
}
