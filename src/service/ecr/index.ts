import { type Operation, type Service, serviceOf } from "../service.ts";
import { ecrModel, type ecrOperations } from "./ecr-model.ts";
import { describeRepositories } from "./operations/describe-repositories.ts";

const table: Readonly<Record<(typeof ecrOperations)[number]["name"], Operation>> = {
  DescribeRepositories: describeRepositories,
};

/** Amazon ECR, which has nothing in it. */
export function createEcrService(): Service {
  return serviceOf(ecrModel, table, (call) => call);
}
