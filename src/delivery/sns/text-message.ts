import type { SmsDirectory } from "../../engine/sms/sms-directory.ts";
import type { NotificationDelivery } from "../../engine/topic/delivery.ts";
import type { OutboxContent } from "../target/outbox-store.ts";
import { type Failure, refused } from "../transport/attempt.ts";
import type { Envelopes } from "./envelope/envelopes.ts";
import { smsContent } from "./outbox-content.ts";

const OPTED_OUT = refused("The phone number has opted out");

interface TextMessageDeps {
  readonly sms: Pick<SmsDirectory, "in">;
  readonly envelopes: Envelopes;
}

/** The text message of a delivery to a phone, or why there is none. */
export function textMessageTo(
  delivery: NotificationDelivery,
  { sms, envelopes }: TextMessageDeps,
): OutboxContent | Failure {
  const account = sms.in(delivery.topic.scope);
  if (account.hasOptedOut(delivery.subscription.endpoint)) return OPTED_OUT;
  const { attributes } = delivery.notification;
  return smsContent({
    text: envelopes.sms(delivery),
    senderId: textOf(attributes?.["AWS.SNS.SMS.SenderID"]) ?? account.attributes.DefaultSenderID,
    smsType: textOf(attributes?.["AWS.SNS.SMS.SMSType"]) ?? account.attributes.DefaultSMSType ?? "Promotional",
    attributes,
  });
}

function textOf(attribute: { readonly value: string | Uint8Array } | undefined): string | undefined {
  return typeof attribute?.value === "string" ? attribute.value : undefined;
}
