import { textOfDocument } from "../document.ts";
import type { ResourceType } from "../resource-type.ts";
import { type AcceptedResource, type AcceptedRow, acceptedType } from "./accepted-type.ts";

const ROLE_NAME = 64;

const path = ({ properties }: AcceptedResource): string => textOfDocument(properties.Path) ?? "/";
const iamArn = (kind: string) => (resource: AcceptedResource) =>
  resource.arn("iam", `${kind}${path(resource)}${resource.name}`, "global");
const generatedId: AcceptedRow = { attributes: { Id: ({ name }) => name } };

/** What stacks of messaging have beside it, by type. Nothing is behind these resources. AWS: Ref and attributes of each type. */
const rows: Readonly<Record<string, AcceptedRow>> = {
  "AWS::CDK::Metadata": {},
  "AWS::CloudWatch::Alarm": {
    named: "AlarmName",
    attributes: { Arn: ({ arn, name }) => arn("cloudwatch", `alarm:${name}`) },
  },
  "AWS::CloudWatch::CompositeAlarm": {
    named: "AlarmName",
    attributes: { Arn: ({ arn, name }) => arn("cloudwatch", `alarm:${name}`) },
  },
  "AWS::CloudWatch::Dashboard": { named: "DashboardName" },
  "AWS::ECR::Repository": {
    named: "RepositoryName",
    form: { isLowerCase: true },
    attributes: {
      Arn: ({ arn, name }) => arn("ecr", `repository/${name}`),
      RepositoryUri: ({ context, name }) =>
        `${context.scope.account}.dkr.ecr.${context.scope.region}.amazonaws.com/${name}`,
    },
  },
  "AWS::IAM::AccessKey": {
    createOnly: ["UserName"],
    ref: ({ uniqueId }) => `AKIA${uniqueId.slice(0, 16)}`,
    attributes: { SecretAccessKey: ({ uuid, uniqueId }) => `${uuid.replaceAll("-", "")}${uniqueId.slice(0, 8)}` },
  },
  "AWS::IAM::Group": {
    named: "GroupName",
    form: { maxLength: 128 },
    attributes: { Arn: iamArn("group") },
  },
  "AWS::IAM::InstanceProfile": {
    named: "InstanceProfileName",
    form: { maxLength: 128 },
    attributes: { Arn: iamArn("instance-profile") },
  },
  "AWS::IAM::ManagedPolicy": {
    named: "ManagedPolicyName",
    form: { maxLength: 128 },
    ref: iamArn("policy"),
    attributes: { PolicyArn: iamArn("policy"), PolicyId: ({ uniqueId }) => `ANPA${uniqueId}` },
  },
  "AWS::IAM::Policy": generatedId,
  "AWS::IAM::GroupPolicy": { named: "PolicyName" },
  "AWS::IAM::RolePolicy": { named: "PolicyName" },
  "AWS::IAM::UserPolicy": { named: "PolicyName" },
  "AWS::IAM::Role": {
    named: "RoleName",
    form: { maxLength: ROLE_NAME },
    createOnly: ["Path"],
    attributes: { Arn: iamArn("role"), RoleId: ({ uniqueId }) => `AROA${uniqueId}` },
  },
  "AWS::IAM::ServiceLinkedRole": { attributes: { RoleName: ({ name }) => name } },
  "AWS::IAM::User": {
    named: "UserName",
    form: { maxLength: ROLE_NAME },
    attributes: { Arn: iamArn("user") },
  },
  "AWS::KMS::Alias": { named: "AliasName" },
  "AWS::KMS::Key": {
    ref: ({ uuid }) => uuid,
    attributes: { Arn: ({ arn, uuid }) => arn("kms", `key/${uuid}`), KeyId: ({ uuid }) => uuid },
  },
  "AWS::Logs::LogGroup": {
    named: "LogGroupName",
    attributes: { Arn: ({ arn, name }) => arn("logs", `log-group:${name}:*`) },
  },
  "AWS::Logs::LogStream": { named: "LogStreamName", createOnly: ["LogGroupName"] },
  "AWS::Logs::MetricFilter": { named: "FilterName", createOnly: ["LogGroupName"] },
  "AWS::Logs::ResourcePolicy": { named: "PolicyName" },
  "AWS::Logs::SubscriptionFilter": { named: "FilterName", createOnly: ["LogGroupName"] },
};

/** The types that are accepted and kept, by name. */
export const acceptedTypes: ReadonlyMap<string, ResourceType> = new Map(
  Object.entries(rows).map(([name, row]) => [name, acceptedType(row)]),
);
