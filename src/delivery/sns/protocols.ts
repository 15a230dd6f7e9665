import type { MobileDirectory } from "../../engine/mobile/mobile-directory.ts";
import type { Announce } from "../../engine/mobile/platform-application.ts";
import type { SmsDirectory } from "../../engine/sms/sms-directory.ts";
import type { Delivery, NotificationDelivery } from "../../engine/topic/delivery.ts";
import type { SubscriptionProtocol } from "../../engine/topic/subscription/subscription-protocol.ts";
import type { FunctionPayload } from "../target/function.ts";
import type { HttpPayload } from "../target/http.ts";
import type { OutboxPayload } from "../target/outbox.ts";
import type { OutboxContent } from "../target/outbox-store.ts";
import type { Payloads, TargetKind } from "../target/targets.ts";
import type { Failure } from "../transport/attempt.ts";
import type { DeferredText } from "../transport/job.ts";
import type { Envelopes, MailFormat } from "./envelope/envelopes.ts";
import { headersOf } from "./http-headers.ts";
import { policyOf } from "./http-policy.ts";
import { addressOf, eventContent, mailContent, recordContent } from "./outbox-content.ts";
import { pushTo } from "./push-service.ts";
import { type QueueMessages, SubscriberPayload } from "./queue-message.ts";
import { textMessageTo } from "./text-message.ts";

/** What payloads are made with. */
export interface RouteDeps {
  readonly envelopes: Envelopes;
  readonly queueMessages: QueueMessages;
  readonly mobile: Pick<MobileDirectory, "application" | "endpoint">;
  readonly sms: Pick<SmsDirectory, "in">;
  readonly announce: Announce;
}

/** Which kind of target takes a delivery, and what that is given. Asked in the turn of the publish. */
export interface Route<Kind extends TargetKind> {
  readonly target: Kind;
  readonly payload: (delivery: Delivery, deps: RouteDeps) => Payloads[Kind];
}

type AnyRoute = { [Kind in TargetKind]: Route<Kind> }[TargetKind];

/** How deliveries of one protocol are made. */
interface ProtocolRow {
  readonly route: AnyRoute;
  /** Where they go instead if the endpoint is a function of which nobody takes care, and no dead-letter queue wants them. */
  readonly routeElsewhere?: AnyRoute;
}

const toQueue: Route<"queue"> = {
  target: "queue",
  payload: (delivery, { queueMessages }) => new SubscriberPayload(delivery, queueMessages),
};
const toUrl: Route<"http"> = { target: "http", payload: httpPayload };
const toFunction: Route<"function"> = { target: "function", payload: functionPayload };

/** Every protocol: the target of its deliveries, and the envelope they go in. */
export const protocols: Readonly<Record<SubscriptionProtocol, ProtocolRow>> = {
  application: { route: toOutbox((delivery, deps) => now(pushTo(delivery, deps))) },
  email: { route: toOutbox((delivery, { envelopes }) => now(mailContent(delivery, "text", envelopes))) },
  // Signing takes long, so what has to be signed is made when somebody looks; the rest is made as it is now.
  "email-json": {
    route: toOutbox(
      (delivery, { envelopes }) => later(delivery, (kept) => mailContent(kept, "json", envelopes)),
      "json",
    ),
  },
  firehose: { route: toOutbox((delivery, { envelopes }) => now(recordContent(delivery, envelopes))) },
  http: { route: toUrl },
  https: { route: toUrl },
  lambda: {
    route: toFunction,
    routeElsewhere: toOutbox((delivery, { envelopes }) => later(delivery, (kept) => eventContent(kept, envelopes))),
  },
  sms: { route: toOutbox((delivery, deps) => now(textMessageTo(delivery, deps))) },
  sqs: { route: toQueue },
};

type Content = (() => OutboxContent) | Failure;

function now(content: OutboxContent | Failure): Content {
  return "reason" in content ? content : () => content;
}

function toOutbox(
  contentOf: (delivery: NotificationDelivery, deps: RouteDeps) => Content,
  format: MailFormat = "text",
): Route<"outbox"> {
  return {
    target: "outbox",
    payload: (delivery, deps): OutboxPayload => ({
      address: addressOf(delivery),
      sentAt: delivery.type === "Notification" ? delivery.notification.publishedAt : delivery.sentAt,
      content: () =>
        delivery.type === "Notification"
          ? contentOf(delivery, deps)
          : later(delivery, (kept) => mailContent(kept, format, deps.envelopes)),
    }),
  };
}

function httpPayload(delivery: Delivery, { envelopes }: RouteDeps): HttpPayload {
  return {
    url: delivery.subscription.endpoint,
    body: bodyOf(delivery, envelopes),
    headersFor: (request) =>
      headersOf(delivery, { ...request, contentType: policyOf(delivery).requestPolicy.headerContentType }),
  };
}

function bodyOf(delivery: Delivery, envelopes: Envelopes): DeferredText {
  if (delivery.type !== "Notification") return { text: envelopes.confirmation(delivery) };
  const { notification, subscription } = delivery;
  if (!subscription.settings.isRaw) return envelopes.notification(delivery);
  return { text: notification.messageFor(subscription.protocol) };
}

/** Signed when it is read, which is not in the turn of the publish. */
function functionPayload(delivery: Delivery, { envelopes }: RouteDeps): FunctionPayload {
  const { endpoint: functionArn } = delivery.subscription;
  const messageId = delivery.type === "Notification" ? delivery.notification.id : delivery.id;
  const source = { principal: "sns.amazonaws.com", arn: delivery.topic.arn, messageId };
  if (delivery.type !== "Notification") {
    return { functionArn, source, event: { text: envelopes.confirmation(delivery) }, traceHeader: undefined };
  }
  return {
    functionArn,
    source,
    traceHeader: delivery.notification.traceHeader,
    event: {
      get text() {
        return envelopes.lambdaEvent(delivery);
      },
    },
  };
}

/** Content that is made when somebody looks. What is kept for that is not what its topic and its filter policy hold. */
function later<Kept extends Delivery>(delivery: Kept, contentOf: (kept: Kept) => OutboxContent): () => OutboxContent {
  const { name, arn, scope, definition } = delivery.topic;
  const kept = { ...delivery, topic: { name, arn, scope, definition }, subscription: delivery.subscription.detached() };
  return () => contentOf(kept);
}
