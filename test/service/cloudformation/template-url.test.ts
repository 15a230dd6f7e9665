import { expect, test } from "vitest";
import { aCloudFormation, queue, template } from "../../support/cloudformation.ts";

const Bucket = "assets.of.mine";
const Key = "a template.json";

test.for([
  ["in the path", "http://localhost:4566/assets.of.mine/a%20template.json"],
  ["in the path of S3", "https://s3.us-east-1.amazonaws.com/assets.of.mine/a%20template.json"],
  ["before the name of S3", "https://assets.of.mine.s3.us-east-1.amazonaws.com/a%20template.json"],
  ["before a region in the name of S3", "https://assets.of.mine.s3-eu-west-1.amazonaws.com/a%20template.json"],
  ["before this host", "http://assets.of.mine.s3.localhost:4566/a%20template.json"],
])("a template is found with its bucket %s", async ([, TemplateURL]) => {
  await using aws = aCloudFormation();
  await aws.other("s3", "CreateBucket", { Bucket });
  await aws.other("s3", "PutObject", { Bucket, Key, Body: Buffer.from(template({ Jobs: queue() })) });
  await aws.call("CreateStack", { StackName: "app", TemplateURL });
  expect(await aws.stack("app")).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
});

test.for(["https://example.com/assets/a.json", "https://s3.amazonaws.com/assets/%", "https://s3/assets", "nowhere"])(
  "%s leads to no template",
  async (TemplateURL) => {
    await using aws = aCloudFormation();
    await expect(aws.call("CreateStack", { StackName: "app", TemplateURL })).rejects.toThrow(
      "TemplateURL must be a supported URL.",
    );
  },
);
