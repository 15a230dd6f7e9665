import type { PlatformApplication } from "../../engine/mobile/platform-application.ts";
import type { PlatformEndpoint } from "../../engine/mobile/platform-endpoint.ts";
import type { Subscribed } from "../../engine/topic/subscription-register.ts";
import type { Topic } from "../../engine/topic/topic.ts";
import type { Call } from "../service.ts";
import { invalidParameter, NotFound, ResourceNotFound } from "./errors.ts";
import type { SnsContext } from "./operation.ts";

const ARN_ELEMENTS = 6;
const REGION_ELEMENT = 3;

/** Throws InvalidParameter unless the value of that parameter is an ARN, and of the region that is called. */
export function checkArn(call: Call, parameter: string, arn: string): void {
  const elements = arn.split(":");
  if (elements.length < ARN_ELEMENTS) {
    throw invalidParameter(parameter, `An ARN must have at least ${ARN_ELEMENTS} elements, not ${elements.length}`);
  }
  if (!isCallersRegion(call, elements[REGION_ELEMENT])) throw invalidParameter(parameter);
}

/** Nobody signs the links in messages, so they do not say what region they call. */
export function isCallersRegion({ isSigned, scope }: Call, region: string | undefined): boolean {
  return !isSigned || region === scope.region;
}

/** The topic a parameter names; TopicArn unless said. */
export function topicNamed({ call, topics }: SnsContext, arn: string, parameter = "TopicArn"): Topic {
  checkArn(call, parameter, arn);
  const topic = topics.byArn(arn);
  if (topic === undefined) throw new NotFound("Topic");
  return topic;
}

/** The topic whose tags are asked for. */
export function resourceNamed({ call, topics }: SnsContext, arn: string): Topic {
  checkArn(call, "ResourceArn", arn);
  const topic = topics.byArn(arn);
  if (topic === undefined) throw new ResourceNotFound();
  return topic;
}

/** The topic whose data protection policy is asked for. AWS: not found in the text of tags, but with a code of its own. */
export function protectedTopic({ call, topics }: SnsContext, arn: string): Topic {
  checkArn(call, "ResourceArn", arn);
  const topic = topics.byArn(arn);
  if (topic === undefined) throw new NotFound("Resource");
  return topic;
}

/** The subscription SubscriptionArn names, if neither it nor its topic is deleted. */
export function subscriptionNamed(context: SnsContext, arn: string): Subscribed {
  checkArn(context.call, "SubscriptionArn", arn);
  const subscribed = context.topics.subscription(arn);
  if (subscribed === undefined || !context.topics.isAlive(subscribed)) throw new NotFound("Subscription");
  return subscribed;
}

/** The application PlatformApplicationArn names. */
export function applicationNamed({ call, mobile }: SnsContext, arn: string): PlatformApplication {
  checkArn(call, "PlatformApplicationArn", arn);
  const application = mobile.application(arn);
  if (application === undefined) throw new NotFound("PlatformApplication");
  return application;
}

/** The endpoint EndpointArn names. */
export function endpointNamed({ call, mobile }: SnsContext, arn: string): PlatformEndpoint {
  checkArn(call, "EndpointArn", arn);
  const endpoint = mobile.endpoint(arn);
  if (endpoint === undefined) throw new NotFound("Endpoint");
  return endpoint;
}
