import type { MessageAttributes } from "../../../kernel/message-attribute.ts";
import { invalid, invalidParameter } from "../errors.ts";
import type { SnsContext } from "../operation.ts";
import { isPhoneNumber } from "../sms/sms-attributes.ts";
import { MAX_MESSAGE_BYTES } from "../topic/topic-settings.ts";
import { checkSize, type MessageInput, structureOf } from "./message.ts";

/** In characters. API_Publish. */
const MAX_LENGTH = 1600;

/** Sends a message to a phone number and tells the id it got. Numbers that opted out are accepted all the same. */
export function publishToPhone(
  context: SnsContext,
  number: string,
  message: { readonly input: MessageInput; readonly attributes: MessageAttributes | undefined },
): string {
  const { input, attributes } = message;
  if (!isPhoneNumber(number)) throw invalidParameter("PhoneNumber", `${number} is not valid to publish to`);
  checkSize(input, MAX_MESSAGE_BYTES);
  const structure = structureOf(input, "default");
  const text = structure?.sms ?? structure?.default ?? input.Message;
  if (text.length > MAX_LENGTH) throw invalid("Message too long");
  return sendText(context, { to: number, text, attributes });
}

/** Sends a text message as the account's attributes and the message's own say, and tells the id it got. */
export function sendText(
  { call, clockOf, ids, ports, sms }: SnsContext,
  {
    to,
    text,
    attributes,
  }: { readonly to: string; readonly text: string; readonly attributes?: MessageAttributes | undefined },
): string {
  const account = sms.in(call.scope);
  const { DefaultSenderID, DefaultSMSType = "Promotional" } = account.attributes;
  const id = ids.uuid();
  ports.sendSms({
    id,
    scope: call.scope,
    to,
    text,
    sentAt: clockOf(call.scope.account).now(),
    senderId: textOf(attributes, "AWS.SNS.SMS.SenderID") ?? DefaultSenderID,
    smsType: textOf(attributes, "AWS.SNS.SMS.SMSType") ?? DefaultSMSType,
    attributes,
    isOptedOut: account.hasOptedOut(to),
  });
  return id;
}

function textOf(attributes: MessageAttributes | undefined, name: string): string | undefined {
  const value = attributes?.[name]?.value;
  return typeof value === "string" ? value : undefined;
}
