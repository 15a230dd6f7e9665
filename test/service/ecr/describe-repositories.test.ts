import { expect, test } from "vitest";
import { anS3 } from "../../support/s3.ts";

/** What ECR's wire answers. */
async function described(input: object): Promise<unknown> {
  await using ecr = anS3("ecr");
  const headers = {
    "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories",
    "content-type": "application/x-amz-json-1.1",
  };
  const { status, text } = await ecr.send("POST /", { headers, body: JSON.stringify(input) });
  return { status, ...JSON.parse(text) };
}

test("there are no repositories, and none of any name", async () => {
  expect(await described({})).toEqual({ status: 200, repositories: [] });
  expect(await described({ repositoryNames: ["serverless-shop-dev"] })).toMatchObject({
    ...{ status: 400, __type: "RepositoryNotFoundException" },
    message: "The repository with name 'serverless-shop-dev' does not exist in the registry with id '000000000000'",
  });
});

test.for([{ repositoryNames: [] }, { repositoryNames: ["a"] }, { maxResults: 0 }, { registryId: "1" }])(
  "%j is no question",
  async (input) => {
    expect(await described(input)).toMatchObject({ status: 400, __type: "InvalidParameterException" });
  },
);
