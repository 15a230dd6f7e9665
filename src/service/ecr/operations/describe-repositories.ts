import { integer, list, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { ecrOperation, InvalidParameterException, RepositoryNotFoundException, ServerException } from "../operation.ts";

const repositoryName = string({ min: 2, max: 256 });

/** Tells which repositories there are, which is none: `serverless remove` asks whether its own is left. API_DescribeRepositories. */
export const describeRepositories = ecrOperation({
  name: "DescribeRepositories",
  input: structure({
    registryId: string({ pattern: pattern("[0-9]{12}") }),
    repositoryNames: list(repositoryName, { min: 1, max: 100 }),
    nextToken: string(),
    maxResults: integer({ min: 1, max: 1000 }),
  }),
  output: structure({
    repositories: list(structure({ repositoryArn: string(), registryId: string(), repositoryName: string() })),
    nextToken: string(),
  }),
  errors: [InvalidParameterException, RepositoryNotFoundException, ServerException],
  gaps: ["What templates declare as AWS::ECR::Repository is accepted and kept with its stack, and is not found here."],
  handle(call, { registryId = call.scope.account, repositoryNames = [] }) {
    const [name] = repositoryNames;
    if (name !== undefined) throw new RepositoryNotFoundException(name, registryId);
    return { repositories: [] };
  },
});
