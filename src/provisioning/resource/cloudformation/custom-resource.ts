import type { Json, JsonMap } from "../../template/value.ts";
import { stub } from "../accepted/stub.ts";
import { createOnly, required, text } from "../property.ts";
import { type Made, type ResourceContext, ResourceFailure, type ResourceType } from "../resource-type.ts";

/** AWS: an hour, unless the resource says less. */
const LONGEST_SECONDS = 3600;

/** What whoever makes a custom resource is asked for. Custom resource request objects, CloudFormation user guide. */
interface Wish {
  readonly RequestType: "Create" | "Update" | "Delete";
  readonly properties: JsonMap;
  readonly before?: JsonMap;
  readonly physicalId?: string;
}

/**
 * AWS::CloudFormation::CustomResource and Custom::*. Ref returns what its maker calls it, Fn::GetAtt what that answers. Makers behind a
 * topic are asked by a message; those that are functions are stubs, where stubs are wanted.
 */
export const customResource: ResourceType = {
  properties: { ServiceToken: createOnly(required(text)) },
  takesAny: true,
  attributes: undefined,
  async create(context, wanted) {
    if (!isTopic(wanted.properties)) return stub.create(context, wanted);
    return ask(context, { RequestType: "Create", properties: wanted.properties });
  },
  async update(context, { physicalId, attributes, before, after }) {
    if (!isTopic(after.properties)) return { physicalId, attributes };
    const wish = { properties: after.properties, before: before.properties, physicalId };
    return ask(context, { RequestType: "Update", ...wish });
  },
  async delete(context, { physicalId, properties }) {
    if (isTopic(properties)) await ask(context, { RequestType: "Delete", properties, physicalId });
  },
};

function isTopic({ ServiceToken }: JsonMap): boolean {
  return String(ServiceToken).split(":")[2] === "sns";
}

async function ask(context: ResourceContext, { RequestType, properties, before, physicalId }: Wish): Promise<Made> {
  const { callbacks, stack, logicalId, type, ids } = context;
  const { ServiceToken = "", ServiceTimeout = LONGEST_SECONDS } = properties;
  const ResponseURL = callbacks.open();
  const Message = JSON.stringify({
    RequestType,
    ServiceToken,
    ResponseURL,
    StackId: stack.id,
    RequestId: ids.uuid(),
    LogicalResourceId: logicalId,
    ResourceType: type,
    ...(physicalId !== undefined && { PhysicalResourceId: physicalId }),
    ResourceProperties: inTexts(properties),
    ...(before !== undefined && { OldResourceProperties: inTexts(before) }),
  });
  const Subject = "AWS CloudFormation custom resource request";
  await context.operate("sns Publish", { TopicArn: ServiceToken, Subject, Message });
  const timeoutMs = Math.min(Number(ServiceTimeout), LONGEST_SECONDS) * 1000;
  const [answer = {}] = await callbacks.answersAt(ResponseURL, { count: 1, timeoutMs });
  const { PhysicalResourceId = physicalId, Data } = answer;
  if (typeof PhysicalResourceId !== "string") {
    throw new ResourceFailure("InvalidRequest", "Invalid PhysicalResourceId");
  }
  return { physicalId: PhysicalResourceId, attributes: isObject(Data) ? Data : {} };
}

function isObject(value: Json | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** AWS: numbers and booleans come as texts. */
function inTexts(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(inTexts);
  if (!isObject(value)) return value === null ? value : String(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inTexts(part)]));
}
