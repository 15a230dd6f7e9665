import { createOnly, map, required, text, whole } from "../property.ts";
import type { ResourceType } from "../resource-type.ts";

/** AWS::Lambda::EventInvokeConfig. Ref returns an id of its own. */
export const eventInvokeConfig: ResourceType = {
  properties: {
    FunctionName: createOnly(required(text)),
    Qualifier: createOnly(required(text)),
    DestinationConfig: map,
    MaximumEventAgeInSeconds: whole,
    MaximumRetryAttempts: whole,
  },
  attributes: [],
  async create(context, { properties }) {
    await context.operate("lambda PutFunctionEventInvokeConfig", properties);
    return { physicalId: context.ids.uuid(), attributes: {} };
  },
  async update(context, { physicalId, attributes, after }) {
    await context.operate("lambda PutFunctionEventInvokeConfig", after.properties);
    return { physicalId, attributes };
  },
  async delete(context, { properties: { FunctionName = "", Qualifier = "" } }) {
    await context.operate("lambda DeleteFunctionEventInvokeConfig", { FunctionName, Qualifier });
  },
};
