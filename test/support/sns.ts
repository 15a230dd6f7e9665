import { ApplicationEvents } from "../../src/delivery/sns/application-events.ts";
import { MobileDirectory } from "../../src/engine/mobile/mobile-directory.ts";
import type { PushNotification } from "../../src/engine/mobile/platform-endpoint.ts";
import { SmsDirectory } from "../../src/engine/sms/sms-directory.ts";
import type { TextMessage } from "../../src/engine/sms/text-message.ts";
import type { ConfirmationDelivery, Delivery } from "../../src/engine/topic/delivery.ts";
import { TopicDirectory } from "../../src/engine/topic/topic-directory.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { createSnsService } from "../../src/service/sns/index.ts";
import type { SnsPorts } from "../../src/service/sns/ports.ts";
import {
  ACCOUNT,
  aCall,
  aFrozenClock,
  type CallOptions,
  type Failure,
  failureOf,
  type Input,
  REGION,
  run,
} from "./service-call.ts";

export type Attributes = Readonly<Record<string, string>>;

/** Whoever follows a link in a message: nobody signs it. */
export const UNSIGNED: CallOptions = { isSigned: false };

export const QUEUE_ARN = `arn:aws:sqs:${REGION}:${ACCOUNT}:orders`;

/** SNS over the real engines, its time standing still until a test moves it. What leaves it is kept in lists. */
export function aService(ports: Partial<SnsPorts> = {}) {
  const clock = aFrozenClock();
  const ids = seededIds("sns");
  const deliveries: Delivery[] = [];
  const texts: TextMessage[] = [];
  const pushes: PushNotification[] = [];
  const topics = new TopicDirectory({ clockOf: () => clock, ids, outbox: (delivery) => deliveries.push(delivery) });
  const mobile = new MobileDirectory({ clockOf: () => clock, ids });
  const sms = new SmsDirectory({ clockOf: () => clock, ids });
  const events = new ApplicationEvents({ clockOf: () => clock, topicOf: (arn) => topics.byArn(arn) });
  const service = createSnsService({
    topics,
    mobile,
    sms,
    ids,
    clockOf: () => clock,
    ports: {
      sendSms: (message) => texts.push(message),
      push: (notification) => pushes.push(notification),
      announce: (application, event) => events.announce(application, event),
      protect: (_topic, content) => content,
      ...ports,
    },
  });
  const call = (operation: string, input: Input, options: CallOptions = {}): unknown =>
    run(service, operation, input, aCall({ dialect: "query", ...options }));
  return { service, topics, mobile, sms, clock, deliveries, texts, pushes, call, ...commands(call) };
}

/** A service with a topic and a subscription that its HTTP endpoint has not confirmed yet. */
export function aPendingSubscription() {
  const service = aService();
  const TopicArn = service.createTopic("orders");
  const SubscriptionArn = service.subscribe(TopicArn, "http", "http://example.com/");
  const confirmations = (): readonly ConfirmationDelivery[] =>
    service.deliveries.filter((delivery) => delivery.type !== "Notification");
  return {
    ...service,
    TopicArn,
    SubscriptionArn,
    /** The questions endpoints were asked, oldest first. */
    confirmations,
    /** The token an endpoint was sent last. */
    token: () => confirmations().at(-1)!.token,
    attributes: () => service.subscriptionAttributes(SubscriptionArn),
  };
}

type CallOperation = (operation: string, input: Input, options?: CallOptions) => unknown;

/** The calls that most tests make, with the part of the answer they want. */
function commands(call: CallOperation) {
  const createTopic = (Name: string, Attributes?: Attributes): string =>
    (call("CreateTopic", { Name, Attributes }) as { TopicArn: string }).TopicArn;
  const attributesFrom = (operation: string, input: Input): Attributes =>
    (call(operation, input) as { Attributes: Attributes }).Attributes;
  return {
    /** The ARN of a new standard topic. */
    createTopic,
    /** The ARN of a new FIFO topic. */
    createFifoTopic: (name: string, attributes: Attributes = {}): string =>
      createTopic(name, { FifoTopic: "true", ...attributes }),
    topicAttributes: (TopicArn: string): Attributes => attributesFrom("GetTopicAttributes", { TopicArn }),
    /** Subscribes, and returns the ARN even while nobody has confirmed it. */
    subscribe: (TopicArn: string, Protocol: string, Endpoint: string, Attributes?: Attributes): string =>
      (
        call("Subscribe", { TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true }) as {
          SubscriptionArn: string;
        }
      ).SubscriptionArn,
    subscriptionAttributes: (SubscriptionArn: string): Attributes =>
      attributesFrom("GetSubscriptionAttributes", { SubscriptionArn }),
    publish: (input: Input): PublishedMessage => call("Publish", input) as PublishedMessage,
    /** What the call fails with. */
    failure: (operation: string, input: Input, options?: CallOptions): Failure =>
      failureOf(() => call(operation, input, options), "query"),
  };
}

/** What Publish answers. */
export interface PublishedMessage {
  readonly MessageId: string;
  readonly SequenceNumber?: string;
}

/** The texts that subscribers were handed, in order. */
export function textsOf(deliveries: readonly Delivery[]): readonly string[] {
  return deliveries.flatMap((delivery) =>
    delivery.type === "Notification" ? [delivery.notification.messageFor(delivery.subscription.protocol)] : [],
  );
}

/** InvalidParameter with that text after the words most texts begin with. */
export function invalid(text: string): Failure {
  return invalidParameter(`Invalid parameter: ${text}`);
}

/** InvalidParameter with exactly that text. */
export function invalidParameter(message: string): Failure {
  return { code: "InvalidParameter", status: 400, message };
}

export function missingValue(parameter: string): Failure {
  return invalid(`${parameter} Reason: no value for required parameter`);
}

export function notFound(kind: string): Failure {
  return { code: "NotFound", status: 404, message: `${kind} does not exist` };
}

export function validationError(...clauses: readonly string[]): Failure {
  const count = clauses.length === 1 ? "1 validation error" : `${clauses.length} validation errors`;
  return { code: "ValidationError", status: 400, message: `${count} detected: ${clauses.join("; ")}` };
}

/** What the validator says of a value that is not there. */
export function nullAt(path: string): string {
  return `Value null at '${path}' failed to satisfy constraint: Member must not be null`;
}
