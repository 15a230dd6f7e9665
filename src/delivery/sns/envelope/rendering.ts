import type { SharedText } from "../../../engine/queue/message.ts";
import type { NotificationDelivery, PublishingTopic } from "../../../engine/topic/delivery.ts";
import type { Notification } from "../../../engine/topic/notification.ts";
import { queueJson } from "../../../kernel/json/queue-json.ts";
import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import type { SignatureVersion, Signer } from "../signature/signing.ts";
import { signedTimestamp, stringToSign } from "../signature/string-to-sign.ts";
import { documentOf, linesOf, textMembers } from "./document.ts";
import { type LinkBase, unsubscribeUrl } from "./links.ts";
import { attributeMembers } from "./message-attributes.ts";

/** What renderings are made with. */
export interface RenderingDeps {
  readonly signer: Signer;
  readonly linkBase: LinkBase;
}

/** A signature and what is said about it. */
interface Seal {
  readonly version: SignatureVersion;
  readonly signature: string;
  readonly certificateUrl: string;
}

/**
 * What all deliveries of one text of a notification have in common, which is everything but the subscription's own
 * link. Every part is made when it is first read, and once: the signature costs more than all the rest.
 */
export class Rendering implements SharedText {
  readonly notification: Notification;
  readonly message: string;
  readonly #isFromArchive: boolean;
  readonly #topic: PublishingTopic;
  readonly #deps: RenderingDeps;
  /** That of the moment of publishing: later changes of the topic are not for this message. FIFO topics do not sign. */
  readonly #version: SignatureVersion | undefined;
  #seal: Seal | undefined;
  #frame: { readonly head: string; readonly tail: string } | undefined;

  constructor(deps: RenderingDeps, { topic, notification, subscription, isFromArchive }: NotificationDelivery) {
    const { isFifo, signatureVersion } = topic.definition.settings;
    this.notification = notification;
    this.message = notification.messageFor(subscription.protocol);
    this.#isFromArchive = isFromArchive;
    this.#topic = topic;
    this.#deps = deps;
    this.#version = isFifo ? undefined : signatureVersion;
  }

  get characters(): number {
    return this.notification.characters;
  }

  get topicArn(): string {
    return this.#topic.arn;
  }

  get timestamp(): string {
    const { publishedAt } = this.notification;
    return this.#version === undefined ? formatIso8601(publishedAt) : signedTimestamp(publishedAt);
  }

  /** Whether it serves that delivery too. */
  fits({ notification, subscription, isFromArchive }: NotificationDelivery): boolean {
    if (notification !== this.notification || isFromArchive !== this.#isFromArchive) return false;
    return notification.messageFor(subscription.protocol) === this.message;
  }

  /** The signature of the message, or undefined for FIFO topics, which do not sign. */
  get seal(): Seal | undefined {
    if (this.#version !== undefined) this.#seal ??= this.#sign(this.#version);
    return this.#seal;
  }

  unsubscribeUrl(subscriptionArn: string): string {
    return unsubscribeUrl(this.#base, subscriptionArn);
  }

  /** The envelope for the subscription of that ARN. */
  textFor(subscriptionArn: string): string {
    this.#frame ??= this.#makeFrame();
    return this.#frame.head + JSON.stringify(this.unsubscribeUrl(subscriptionArn)) + this.#frame.tail;
  }

  get #base(): string {
    return this.#deps.linkBase(this.notification.origin, this.#topic.scope.region);
  }

  #sign(version: SignatureVersion): Seal {
    const { signer } = this.#deps;
    const text = stringToSign({
      Type: "Notification",
      MessageId: this.notification.id,
      TopicArn: this.topicArn,
      Subject: this.notification.subject,
      Message: this.message,
      Timestamp: this.timestamp,
    });
    const certificateUrl = this.#base + signer.certificatePath(this.#topic.scope.region);
    return { version, signature: signer.sign(text, version), certificateUrl };
  }

  /** The envelope around the subscription's own link. */
  #makeFrame(): { readonly head: string; readonly tail: string } {
    const { id, sequenceNumber, subject } = this.notification;
    const members = textMembers({
      Type: "Notification",
      MessageId: id,
      SequenceNumber: sequenceNumber,
      TopicArn: this.topicArn,
      Subject: subject,
      Message: this.message,
      Timestamp: this.timestamp,
      SignatureVersion: this.seal?.version,
      Signature: this.seal?.signature,
      SigningCertURL: this.seal?.certificateUrl,
    });
    const attributes = attributeMembers(this.notification.attributes ?? {});
    // GAP: AWS documents the member, not its place.
    const replayed = this.#isFromArchive ? `,\n${linesOf([["Replayed", "true"]])}` : "";
    const attached =
      attributes.length === 0 ? "" : `,\n${linesOf([["MessageAttributes", documentOf(attributes, "  ")]])}`;
    const head = queueJson(`{\n${linesOf(members)},\n  "UnsubscribeURL" : `);
    return { head, tail: queueJson(`${replayed}${attached}\n}`) };
  }
}
