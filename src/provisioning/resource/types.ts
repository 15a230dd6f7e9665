import { unknownAttribute } from "../template/plan/applied.ts";
import type { Resolved, ResolvedResource } from "../template/resolve.ts";
import { formatError } from "../template/template-error.ts";
import { type Value, waitingFor } from "../template/value.ts";
import { acceptedTypes } from "./accepted/accepted-types.ts";
import { stub } from "./accepted/stub.ts";
import { customResource } from "./cloudformation/custom-resource.ts";
import { nestedStack } from "./cloudformation/nested-stack.ts";
import { waitCondition, waitConditionHandle } from "./cloudformation/wait-condition.ts";
import { stream } from "./kinesis/stream.ts";
import { resourcePolicy, streamConsumer } from "./kinesis/stream-consumer.ts";
import { alias } from "./lambda/alias.ts";
import { eventInvokeConfig } from "./lambda/event-invoke-config.ts";
import { eventSourceMapping } from "./lambda/event-source-mapping.ts";
import { lambdaFunction } from "./lambda/function.ts";
import { permission } from "./lambda/permission.ts";
import { version } from "./lambda/version.ts";
import { inlinePolicy, type SetPolicy, sharedPolicy } from "./policy.ts";
import type { ResourceType, UnknownResources } from "./resource-type.ts";
import { bucket } from "./s3/bucket.ts";
import { subscription } from "./sns/subscription.ts";
import { topic } from "./sns/topic.ts";
import { queue } from "./sqs/queue.ts";
import { parameter } from "./ssm/parameter.ts";

const setQueuePolicy: SetPolicy = ({ operate }, QueueUrl, Policy) =>
  operate("sqs SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
const setTopicPolicy: SetPolicy = ({ operate }, TopicArn, AttributeValue) =>
  operate("sns SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue });

/** The empty text takes it away. */
const setBucketPolicy: SetPolicy = ({ operate }, Bucket, policy) =>
  policy === ""
    ? operate("s3 DeleteBucketPolicy", { Bucket })
    : operate("s3 PutBucketPolicy", { Bucket, Policy: Buffer.from(policy).toString("base64") });

/** Every type of resources that stacks can have, by name. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>([
  ["AWS::SQS::Queue", queue],
  ["AWS::SQS::QueuePolicy", sharedPolicy("Queues", setQueuePolicy)],
  ["AWS::SQS::QueueInlinePolicy", inlinePolicy("Queue", setQueuePolicy)],
  ["AWS::SNS::Topic", topic],
  ["AWS::SNS::Subscription", subscription],
  ["AWS::SNS::TopicPolicy", sharedPolicy("Topics", setTopicPolicy)],
  ["AWS::SNS::TopicInlinePolicy", inlinePolicy("TopicArn", setTopicPolicy)],
  ["AWS::Kinesis::Stream", stream],
  ["AWS::Kinesis::StreamConsumer", streamConsumer],
  ["AWS::Kinesis::ResourcePolicy", resourcePolicy],
  ["AWS::Lambda::Function", lambdaFunction],
  ["AWS::Lambda::Version", version],
  ["AWS::Lambda::Alias", alias],
  ["AWS::Lambda::Permission", permission],
  ["AWS::Lambda::EventInvokeConfig", eventInvokeConfig],
  ["AWS::Lambda::EventSourceMapping", eventSourceMapping],
  ["AWS::S3::Bucket", bucket],
  ["AWS::S3::BucketPolicy", inlinePolicy("Bucket", setBucketPolicy)],
  ["AWS::SSM::Parameter", parameter],
  ["AWS::CloudFormation::CustomResource", customResource],
  ["AWS::CloudFormation::Stack", nestedStack],
  ["AWS::CloudFormation::WaitCondition", waitCondition],
  ["AWS::CloudFormation::WaitConditionHandle", waitConditionHandle],
  ...acceptedTypes,
]);

type TypedResource = Pick<ResolvedResource, "logicalId" | "type">;

const CUSTOM = "Custom::";

/** The type of that name. What is not known is a stub: `refuseUnknownTypes` comes before, where there shall be none. */
export function typeNamed(type: string): ResourceType {
  return resourceTypes.get(type) ?? (type.startsWith(CUSTOM) ? customResource : stub);
}

/**
 * Throws TemplateError for attributes that no resource of the type has, and, naming every offender, unless they shall be stubs, for
 * resources of types that are not known.
 */
export function checkTypes(resolved: Pick<Resolved, "resources" | "outputs">, unknown: UnknownResources): void {
  const { resources, outputs } = resolved;
  if (unknown === "refuse") refuseUnknownTypes([...resources.values()]);
  for (const { properties } of resources.values()) checkAttributes(properties, resources);
  for (const { value } of outputs) checkAttributes(value, resources);
}

/** Those resources whose types are not known. */
export function ofUnknownTypes(resources: readonly TypedResource[]): readonly TypedResource[] {
  return resources.filter(({ type }) => typeNamed(type) === stub);
}

/** Throws TemplateError for resources of types that are not known. AWS's text comes first. */
export function refuseUnknownTypes(resources: readonly TypedResource[]): void {
  const unknown = ofUnknownTypes(resources);
  if (unknown.length === 0) return;
  const types = [...new Set(unknown.map(({ type }) => type))];
  const pairs = unknown.map(({ logicalId, type }) => `${logicalId} (${type})`);
  throw formatError(
    `Unrecognized resource types: [${types.join(", ")}]. Waystation does not implement ${pairs.join(", ")}; --unknown-resources stub accepts them.`,
  );
}

function checkAttributes(value: Value, resources: Resolved["resources"]): void {
  for (const { logicalId, attribute } of waitingFor(value)) {
    const attributes = typeNamed(resources.get(logicalId)?.type ?? "").attributes;
    const isKnown = attribute === undefined || attributes === undefined || attributes.includes(attribute);
    // What is an object can be asked for a part of it.
    if (!isKnown && !attributes.includes(attribute.split(".")[0] ?? "")) throw unknownAttribute(logicalId, attribute);
  }
}
