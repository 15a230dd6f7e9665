import type { QueueSettings } from "../../../engine/queue/settings.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { forbiddenCharacter } from "../../../kernel/control-characters.ts";
import { callerUserId } from "../../../kernel/scope.ts";
import {
  InvalidMessageContents,
  InvalidParameterValue,
  invalidValue,
  MissingParameter,
  messageTooLong,
  type Told,
} from "../errors.ts";
import type { QueueContext } from "../operation.ts";
import { DigestedBody } from "./digested-body.ts";
import { readMessageAttributes, type WireAttributes } from "./message-attributes.ts";
import { ALLOWED_CHARACTERS, digestOfSent, fits, isLongBody, md5OfAttributes } from "./message-content.ts";
import { readTraceHeader } from "./system-attributes.ts";

/** A message as SendMessage and the entries of SendMessageBatch describe it. */
export interface MessageInput {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: WireAttributes | undefined;
  readonly MessageSystemAttributes?: WireAttributes | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** What the sender of a message is told. */
export interface SendResult {
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes: string | undefined;
  readonly MD5OfMessageSystemAttributes: string | undefined;
  readonly MessageId: string;
  readonly SequenceNumber: string | undefined;
}

const WRONG_QUEUE_TYPE = "The request include parameter that is not valid for this queue type";
export const NO_DEDUPLICATION_ID =
  "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly";

/** Checks a message and puts it on the queue. */
export function sendOne({ call, queue }: QueueContext, input: MessageInput, told: Told): SendResult {
  const { settings } = queue;
  const body = input.MessageBody;
  if (!fits(input, settings.maxMessageBytes)) throw messageTooLong(settings.maxMessageBytes, told);
  checkBody(body);
  const attributes = input.MessageAttributes && readMessageAttributes(input.MessageAttributes);
  const traceHeader = input.MessageSystemAttributes && readTraceHeader(input.MessageSystemAttributes);
  checkQueueType(input, settings, told);
  const digested = isLongBody(body) ? new DigestedBody(body) : undefined;
  const { id, key, sequenceNumber } = queue.send({
    body: digested ?? body,
    senderId: callerUserId(call.scope.account),
    attributes,
    groupId: input.MessageGroupId,
    deduplicationId: input.MessageDeduplicationId,
    traceHeader: traceHeader ?? call.traceHeader, // that of the request was checked
    delayMs: settings.isFifo || input.DelaySeconds === undefined ? undefined : input.DelaySeconds * 1000,
  });
  return {
    MD5OfMessageBody: digested?.digest ?? digestOfSent(body, key, queue.counts.visible),
    MD5OfMessageAttributes: attributes && md5OfAttributes(attributes),
    MD5OfMessageSystemAttributes: md5OfSystemAttributes(input.MessageSystemAttributes),
    MessageId: id,
    SequenceNumber: sequenceNumber,
  };
}

function checkBody(body: string): void {
  const forbidden = forbiddenCharacter(body);
  if (forbidden === undefined) return;
  throw new InvalidMessageContents(
    `Invalid binary character '${forbidden}' was found in the message body, ${ALLOWED_CHARACTERS}`,
  );
}

function checkQueueType(input: MessageInput, settings: QueueSettings, told: Told): void {
  const { DelaySeconds, MessageDeduplicationId, MessageGroupId } = input;
  if (!settings.isFifo) {
    if (MessageDeduplicationId === undefined) return;
    throw notForThisType("MessageDeduplicationId", MessageDeduplicationId, told);
  }
  if (DelaySeconds !== undefined && DelaySeconds > 0) {
    throw notForThisType("DelaySeconds", DelaySeconds, told);
  }
  if (MessageGroupId === undefined) throw new MissingParameter("MessageGroupId");
  if (MessageDeduplicationId === undefined && !settings.contentBasedDeduplication) {
    throw new InvalidParameterValue(NO_DEDUPLICATION_ID);
  }
}

/** AWS: an entry of a batch is told the bare reason. Reported of SendMessageBatch. */
function notForThisType(name: string, value: unknown, told: Told): AwsError {
  return told === "entry"
    ? new InvalidParameterValue(WRONG_QUEUE_TYPE)
    : invalidValue(name, value, `${WRONG_QUEUE_TYPE}.`);
}

function md5OfSystemAttributes(given: WireAttributes | undefined): string | undefined {
  const header = given?.AWSTraceHeader;
  if (header === undefined) return undefined;
  return md5OfAttributes({ AWSTraceHeader: { dataType: header.DataType, value: header.StringValue ?? "" } });
}
