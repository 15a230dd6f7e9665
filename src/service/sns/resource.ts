import type { PlatformApplication } from "../../engine/mobile/platform-application.ts";
import type { PlatformEndpoint } from "../../engine/mobile/platform-endpoint.ts";
import type { Subscribed } from "../../engine/topic/subscription/subscription-register.ts";
import type { Topic } from "../../engine/topic/topic.ts";
import { NotFound, ResourceNotFound } from "./errors.ts";
import type { SnsContext } from "./operation.ts";

/** The topic an ARN names. */
export function topicNamed({ topics }: SnsContext, arn: string): Topic {
  const topic = topics.byArn(arn);
  if (topic === undefined) throw new NotFound("Topic");
  return topic;
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
