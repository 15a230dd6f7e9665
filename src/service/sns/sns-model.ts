import type { ServiceModel } from "../../model/contract.ts";
import { couldNotFindOperation } from "../service.ts";

/** What the wire formats and the router know of Amazon SNS. */
export const snsModel: ServiceModel = {
  id: "sns",
  title: "Amazon SNS",
  apiVersion: "2010-03-31",
  protocols: ["awsQuery"],
  // Ten messages of 256 KiB, of which is said that they are too many, each byte as three in a form.
  maxBodyBytes: 8 * 1024 * 1024,
  xmlNamespace: "http://sns.amazonaws.com/doc/2010-03-31/",
  isXmlIndented: true,
  resourceMembers: [
    "TopicArn",
    "TargetArn",
    "SubscriptionArn",
    "ResourceArn",
    "EndpointArn",
    "PlatformApplicationArn",
    "Name",
  ],
  unknownAction: couldNotFindOperation,
  gaps: [
    "Signatures are not verified; requests without one are accepted.",
    "Policies are stored, nobody is refused by them, so AuthorizationError is only answered where a signature is wanted.",
    "Nothing is throttled but on purpose, and plain HTTP is as good as HTTPS, so Throttled and InvalidSecurity do not occur by themselves.",
    "Quotas that AWS raises on request, on how many topics, filter policies and pending subscriptions there may be, are not enforced; those of FIFO topics (100 subscriptions) and of delivery streams (5 for each owner) are.",
    "What AWS does eventually happens at once: new filter policies, deletions and counts.",
    "CloudWatch metrics and delivery status logs are not emitted.",
  ],
};
