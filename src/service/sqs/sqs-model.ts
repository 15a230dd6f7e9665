import type { ServiceModel } from "../../model/contract.ts";

/** What the wire formats and the router know of Amazon SQS. */
export const sqsModel: ServiceModel = {
  id: "sqs",
  title: "Amazon SQS",
  apiVersion: "2012-11-05",
  // AWS: the versions in use before; their operations are the same as far as they have them.
  olderVersions: ["2011-10-01", "2009-02-01", "2008-01-01"],
  targetPrefix: "AmazonSQS",
  errorNamespace: "com.amazonaws.sqs",
  xmlNamespace: "http://queue.amazonaws.com/doc/2012-11-05/",
  hasErrorDetail: true,
  hostAliases: ["queue"],
};
