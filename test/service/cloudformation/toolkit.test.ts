import { expect, test } from "vitest";
import { StackDirectory } from "../../../src/engine/stack/stack-directory.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { toolkitStack } from "../../../src/service/cloudformation/stack/toolkit.ts";
import { aCloudFormation, queue, template } from "../../support/cloudformation.ts";
import { aFrozenClock } from "../../support/service-call.ts";

const StackName = "CDKToolkit";
const BUCKET = "cdk-hnb659fds-assets-000000000000-us-east-1";
const PARAMETER = "/cdk-bootstrap/hnb659fds/version";

/** As much of the CDK's own template as counts: the same logical ids and names, and more beside them. */
const bootstrap = (version = "33") => ({
  StagingBucket: {
    Type: "AWS::S3::Bucket",
    Properties: { BucketName: BUCKET, VersioningConfiguration: { Status: "Enabled" } },
    ...{ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" },
  },
  StagingBucketPolicy: {
    Type: "AWS::S3::BucketPolicy",
    Properties: { Bucket: { Ref: "StagingBucket" }, PolicyDocument: { Statement: [] } },
  },
  DeploymentActionRole: {
    Type: "AWS::IAM::Role",
    Properties: { RoleName: "cdk-hnb659fds-deploy-role-000000000000-us-east-1", AssumeRolePolicyDocument: {} },
  },
  CdkBootstrapVersion: { Type: "AWS::SSM::Parameter", Properties: { Type: "String", Name: PARAMETER, Value: version } },
});

test("every account and region has the stack of the bootstrap, which names what is there", async () => {
  await using aws = aCloudFormation();
  const stack = await aws.stack(StackName);
  expect(stack).toMatchObject({ StackStatus: "CREATE_COMPLETE", StackName });
  const outputs = Object.fromEntries(
    stack.Outputs.map(({ OutputKey, OutputValue }: Record<string, string>) => [OutputKey, OutputValue]),
  );
  expect(outputs).toMatchObject({ BucketName: BUCKET, BootstrapVersion: "33" });
  await aws.other("s3", "HeadBucket", { Bucket: outputs.BucketName });
  const { Parameter } = await aws.other("ssm", "GetParameter", { Name: PARAMETER });
  expect(Parameter.Value).toBe(outputs.BootstrapVersion);
  const { StackResourceSummaries } = await aws.call("ListStackResources", { StackName });
  expect(StackResourceSummaries.map((one: Record<string, string>) => one.PhysicalResourceId)).toContain(BUCKET);
  expect((await aws.call("GetTemplate", { StackName: stack.StackId })).TemplateBody).toContain(BUCKET);
});

test("to ask for it leaves nothing; once something becomes of it, it is kept like others", () => {
  const deps = { clockOf: () => aFrozenClock(), ids: seededIds("toolkit") };
  const directory = new StackDirectory(deps);
  directory.bear(toolkitStack);
  const scope = scopeOf("111111111111", "eu-west-1");
  const { id } = directory.in(scope).find(StackName)!;
  expect(directory.in(scope).list()).toMatchObject([{ id }]);
  expect(directory.in(scope).find(id)).toMatchObject({ id });
  expect([...directory.entries()]).toEqual([]);
  directory.in(scope).protect(id, true);
  const other = new StackDirectory(deps);
  for (const entry of directory.entries()) other.replay(entry);
  expect(other.in(scope).find(StackName)).toMatchObject({ id, isProtected: true });
  directory.reset();
  expect(directory.in(scope).find(StackName)).toMatchObject({ id, isProtected: false });
});

test("cdk bootstrap changes in place what is there, and adds what is not", async () => {
  await using aws = aCloudFormation();
  const { StackId } = await aws.stack(StackName);
  await aws.other("s3", "PutObject", { Bucket: BUCKET, Key: "a", Body: Buffer.from("a") });
  const changeSet = { StackName, ChangeSetName: "bootstrap", TemplateBody: template(bootstrap("34")) };
  await aws.call("CreateChangeSet", { ...changeSet, Capabilities: ["CAPABILITY_NAMED_IAM"] });
  await aws.call("ExecuteChangeSet", { StackName, ChangeSetName: "bootstrap" });
  expect(await aws.stack(StackName)).toMatchObject({ StackId, StackStatus: "UPDATE_COMPLETE" });
  expect((await aws.other("ssm", "GetParameter", { Name: PARAMETER })).Parameter.Value).toBe("34");
  expect((await aws.other("s3", "GetBucketVersioning", { Bucket: BUCKET })).Body).toContain("Enabled");
  expect(Buffer.from((await aws.other("s3", "GetObject", { Bucket: BUCKET, Key: "a" })).Body).toString()).toBe("a");
  await aws.call("CreateChangeSet", { ...changeSet, ChangeSetName: "again" });
  expect(await aws.call("DescribeChangeSet", { StackName, ChangeSetName: "again" })).toMatchObject({
    Status: "FAILED",
  });
});

test("it can be deleted, and bootstrapped anew", async () => {
  await using aws = aCloudFormation();
  await aws.call("DeleteStack", { StackName });
  await expect(aws.stack(StackName)).rejects.toThrow("Stack with id CDKToolkit does not exist");
  await expect(aws.other("ssm", "GetParameter", { Name: PARAMETER })).rejects.toMatchObject({
    name: "ParameterNotFound",
  });
  await aws.call("CreateStack", { StackName, TemplateBody: template(bootstrap()) });
  expect(await aws.stack(StackName)).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
});

test("its name is taken, and it can be protected", async () => {
  await using aws = aCloudFormation();
  await expect(aws.call("CreateStack", { StackName, TemplateBody: template({ Q: queue() }) })).rejects.toThrow(
    "Stack [CDKToolkit] already exists",
  );
  await aws.call("UpdateTerminationProtection", { StackName, EnableTerminationProtection: true });
  await expect(aws.call("DeleteStack", { StackName })).rejects.toThrow("TerminationProtection is enabled");
});
