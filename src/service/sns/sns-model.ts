import type { ServiceModel } from "../../model/contract.ts";

/** What the wire formats and the router know of Amazon SNS. */
export const snsModel: ServiceModel = {
  id: "sns",
  title: "Amazon SNS",
  apiVersion: "2010-03-31",
  xmlNamespace: "http://sns.amazonaws.com/doc/2010-03-31/",
  unknownAction: (action) => `Could not find operation ${action} for version 2010-03-31`,
  gaps: [
    "Signatures are not verified; requests without one are accepted.",
    "Policies are stored, nobody is refused by them, so AuthorizationError is only answered where a signature is wanted.",
    "Nothing is throttled, and plain HTTP is as good as HTTPS, so Throttled and InvalidSecurity do not occur.",
    "Quotas on how many topics, subscriptions and filter policies there may be are not enforced.",
    "What AWS does eventually happens at once: new filter policies, deletions and counts.",
    "CloudWatch metrics and delivery status logs are not emitted.",
  ],
};
