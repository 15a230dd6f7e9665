import { createOnly, map, required, text } from "../property.ts";
import type { ResourceType } from "../resource-type.ts";
import { given } from "./given.ts";
import { checkRuntimeUpdates } from "./runtime-updates.ts";

/** AWS::Lambda::Version. Ref returns its ARN; whatever changes makes another one. */
export const version: ResourceType = {
  properties: {
    FunctionName: createOnly(required(text)),
    CodeSha256: createOnly(text),
    Description: createOnly(text),
    ProvisionedConcurrencyConfig: createOnly(map),
    RuntimePolicy: createOnly(map),
  },
  attributes: ["FunctionArn", "Version"],
  identifier: "FunctionArn",
  async create(context, { properties }) {
    checkRuntimeUpdates(properties.RuntimePolicy);
    const input = given(properties, ["FunctionName", "CodeSha256", "Description"]);
    const { FunctionArn = "", Version = "" } = await context.operate("lambda PublishVersion", input);
    return { physicalId: String(FunctionArn), attributes: { FunctionArn, Version } };
  },
  update: async (_context, { physicalId, attributes }) => ({ physicalId, attributes }),
  async delete(context, { physicalId: FunctionName }) {
    await context.operate("lambda DeleteFunction", { FunctionName });
  },
};
