import type { ConfirmationDelivery } from "../../../engine/topic/delivery.ts";
import { signedTimestamp, stringToSign } from "../signature/string-to-sign.ts";
import { documentOf, textMembers } from "./document.ts";
import { subscribeUrl } from "./links.ts";
import type { RenderingDeps } from "./rendering.ts";

/** The envelope that asks an endpoint whether it wants a subscription, or wants it back. */
export function confirmationOf({ signer, linkBase }: RenderingDeps, delivery: ConfirmationDelivery): string {
  const { type, id, token, topic, sentAt, origin } = delivery;
  const { region } = topic.scope;
  const base = linkBase(origin, region);
  const version = topic.definition.settings.signatureVersion;
  const members = {
    Type: type,
    MessageId: id,
    Token: token,
    TopicArn: topic.arn,
    Message: questionOf(delivery),
    SubscribeURL: subscribeUrl(base, topic.arn, token),
    Timestamp: signedTimestamp(sentAt),
  };
  const seal = {
    SignatureVersion: version,
    Signature: signer.sign(stringToSign(members), version),
    SigningCertURL: base + signer.certificatePath(region),
  };
  return documentOf(textMembers({ ...members, ...seal }));
}

function questionOf({ type, topic, subscription }: ConfirmationDelivery): string {
  return type === "SubscriptionConfirmation"
    ? `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
    : `You have chosen to deactivate subscription ${subscription.arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`;
}
