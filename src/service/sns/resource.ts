import type { PlatformApplication } from "../../engine/mobile/platform-application.ts";
import type { PlatformEndpoint } from "../../engine/mobile/platform-endpoint.ts";
import type { Subscribed } from "../../engine/topic/subscription/registered.ts";
import type { Topic } from "../../engine/topic/topic.ts";
import { parseArn } from "../../kernel/arn.ts";
import { isResourceName } from "../resource-name.ts";
import { invalidParameter, NotFound, ResourceNotFound } from "./errors.ts";
import type { SnsContext } from "./operation.ts";
import { LONGEST_TOPIC_NAME } from "./topic/topic-settings.ts";

/** The topic an ARN names. */
export function topicNamed({ topics }: SnsContext, arn: string): Topic {
  const topic = topics.byArn(arn);
  if (topic !== undefined) return topic;
  checkTopicName(arn);
  throw new NotFound("Topic");
}

/** Throws InvalidParameter when the ARN ends in what no topic can be called, as that of a subscription does. */
export function checkTopicName(arn: string): void {
  const name = parseArn(arn)?.resource ?? "";
  if (!isResourceName(name, LONGEST_TOPIC_NAME, name.endsWith(".fifo"))) throw invalidParameter("Topic Name");
}

/** The topic whose tags are asked for. */
export function resourceNamed({ topics }: SnsContext, arn: string): Topic {
  const topic = topics.byArn(arn);
  if (topic === undefined) throw new ResourceNotFound();
  return topic;
}

/** The topic whose data protection policy is asked for. AWS: not found in the text of tags, but with a code of its own. */
export function protectedTopic({ topics }: SnsContext, arn: string): Topic {
  const topic = topics.byArn(arn);
  if (topic === undefined) throw new NotFound("Resource");
  return topic;
}

/** The subscription SubscriptionArn names, if neither it nor its topic is deleted. */
export function subscriptionNamed({ topics }: SnsContext, arn: string): Subscribed {
  const subscribed = topics.subscription(arn);
  if (subscribed === undefined || !topics.isAlive(subscribed)) throw new NotFound("Subscription");
  return subscribed;
}

/** The application PlatformApplicationArn names. */
export function applicationNamed({ mobile }: SnsContext, arn: string): PlatformApplication {
  const application = mobile.application(arn);
  if (application === undefined) throw new NotFound("PlatformApplication");
  return application;
}

/** The endpoint EndpointArn names. */
export function endpointNamed({ mobile }: SnsContext, arn: string): PlatformEndpoint {
  const endpoint = mobile.endpoint(arn);
  if (endpoint === undefined) throw new NotFound("Endpoint");
  return endpoint;
}
