import type { ReceivedMessage } from "../../../engine/queue/message.ts";
import type { Queue } from "../../../engine/queue/queue.ts";
import { string, structure } from "../../../model/shape.ts";
import { type Service, serviceOf } from "../../service.ts";
import { QueueDoesNotExist, queueErrors } from "../errors.ts";
import { contextsOn, queueAt, type SqsDeps, sqsOperation } from "../operation.ts";
import { receivedMessages } from "../operations/receive-message.ts";
import { queueUrl } from "../shapes.ts";
import { sqsModel } from "../sqs-model.ts";
import { systemAttributeNames } from "./system-attributes.ts";
import { type WireMessage, wireMessages } from "./wire-message.ts";

/** One answer has so many messages at most, and so many characters of bodies but for the message that exceeds them. */
const MOST_MESSAGES = 10_000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

const ALL = { AttributeNames: ["All"], MessageAttributeNames: ["All"] };
/** What only a message has that was received. */
const NEVER_RECEIVED = {
  ...ALL,
  AttributeNames: systemAttributeNames.filter((name) => name !== "All" && name !== "ApproximateFirstReceiveTimestamp"),
};
/** It is good for nothing: whoever looks has received nothing. */
const NO_RECEIPT = "not-received";

/** Which messages are wanted beside those that can be received. */
interface Wanted {
  readonly invisible: boolean;
  readonly delayed: boolean;
}

/** Gives the messages of a queue as ReceiveMessage does, all that there are, and receives none. LocalStack: `/_aws/sqs/messages`. */
const listMessages = sqsOperation({
  name: "ReceiveMessage",
  input: structure({ QueueUrl: queueUrl, ShowInvisible: string(), ShowDelayed: string() }),
  output: receivedMessages,
  errors: queueErrors,
  handle({ directory, call }, { QueueUrl, ShowInvisible, ShowDelayed }) {
    const url = QueueUrl ?? queuePathOf(call.path);
    // LocalStack: whoever names no queue has named none that there is.
    if (!url) throw new QueueDoesNotExist();
    const queue = queueAt(directory, call, url);
    return { Messages: messagesOf(queue, { invisible: isYes(ShowInvisible), delayed: isYes(ShowDelayed) }) };
  },
});

/** SQS as somebody finds it who only looks. */
export function createMessageListing(deps: SqsDeps): Service {
  return serviceOf(sqsModel, { [listMessages.name]: listMessages }, contextsOn(deps));
}

function queuePathOf(path: string): string | undefined {
  return path === "/" ? undefined : path;
}

function isYes(text = ""): boolean {
  return text === "1" || text.toLowerCase() === "true";
}

function messagesOf(queue: Queue, wanted: Wanted): WireMessage[] {
  const found: WireMessage[] = [];
  let characters = 0;
  for (const { message, state } of queue.look().messages()) {
    if ((state === "inFlight" && !wanted.invisible) || (state === "delayed" && !wanted.delayed)) continue;
    const { receiveCount, delivery } = message;
    const receipt = { key: message.key, attempt: 0 };
    const looked: ReceivedMessage = { message, receipt, receiveCount, firstReceivedAt: delivery?.firstReceivedAt ?? 0 };
    const [shown] = wireMessages(queue, [looked], delivery === undefined ? NEVER_RECEIVED : ALL);
    if (shown === undefined) continue;
    found.push({ ...shown, ReceiptHandle: NO_RECEIPT, Attributes: { ...shown.Attributes, ...whereOf(state, wanted) } });
    characters += shown.Body.length;
    if (found.length === MOST_MESSAGES || characters >= MOST_CHARACTERS) break;
  }
  return found;
}

/** LocalStack: who asks for more than can be received is told which is what. */
function whereOf(state: string, { invisible, delayed }: Wanted): Readonly<Record<string, string>> {
  return {
    ...(invisible && { IsVisible: String(state !== "inFlight") }),
    ...(delayed && { IsDelayed: String(state === "delayed") }),
  };
}
