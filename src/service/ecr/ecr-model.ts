import type { ServiceModel } from "../../model/contract.ts";

/** What the wire formats and the router know of Amazon ECR. */
export const ecrModel: ServiceModel = {
  id: "ecr",
  title: "Amazon ECR, as far as deploy tools ask for repositories",
  apiVersion: "2015-09-21",
  protocols: ["awsJson1_1"],
  targetPrefix: "AmazonEC2ContainerRegistry_V20150921",
  gaps: [
    "There are no repositories, nor images; everything else is answered as an operation that does not exist.",
    "Signatures are not verified; requests without one are accepted.",
  ],
};

/** Those operations of the API model that are served. */
export const ecrOperations = [{ name: "DescribeRepositories" }] as const;
