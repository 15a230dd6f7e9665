import type { ServiceModel } from "../../model/contract.ts";

/** What the wire formats and the router know of AWS Systems Manager. */
export const ssmModel: ServiceModel = {
  id: "ssm",
  title: "AWS Systems Manager Parameter Store",
  apiVersion: "2014-11-06",
  protocols: ["awsJson1_1"],
  targetPrefix: "AmazonSSM",
  resourceMembers: ["Name", "Path"],
  gaps: [
    "Only Parameter Store is there, as far as deploy tools need it; everything else is answered as an operation that does not exist.",
    "Signatures are not verified; requests without one are accepted.",
    "Every account and region is bootstrapped for the CDK: /cdk-bootstrap/hnb659fds/version is there unless it was put or deleted.",
    "A null in a list is refused as a member that must not be null; whether AWS does that is not known.",
    "SecureString is kept as it is; an account has 1,000 parameters in a region at most, and of each the latest value.",
  ],
};

/** Those operations of the API model that are served. */
export const ssmOperations = [
  { name: "AddTagsToResource" },
  { name: "DeleteParameter" },
  { name: "DeleteParameters" },
  { name: "GetParameter" },
  { name: "GetParameters" },
  { name: "GetParametersByPath" },
  { name: "ListTagsForResource" },
  { name: "PutParameter" },
  { name: "RemoveTagsFromResource" },
] as const;
