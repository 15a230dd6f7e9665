import type { JsonMap } from "../../template/value.ts";
import { createOnly, map, required, text } from "../property.ts";
import type { ResourceType } from "../resource-type.ts";
import { given } from "./given.ts";

/** AWS::Lambda::Alias. Ref returns its ARN. */
export const alias: ResourceType = {
  properties: {
    FunctionName: createOnly(required(text)),
    Name: createOnly(required(text)),
    FunctionVersion: required(text),
    Description: text,
    RoutingConfig: map,
    ProvisionedConcurrencyConfig: map,
  },
  attributes: ["AliasArn"],
  identifier: "AliasArn",
  async create(context, { properties }) {
    const { AliasArn = "" } = await context.operate("lambda CreateAlias", aliasOf(properties));
    return { physicalId: String(AliasArn), attributes: { AliasArn } };
  },
  async update(context, { physicalId, attributes, after }) {
    const nothing = { Description: "", RoutingConfig: { AdditionalVersionWeights: {} } };
    await context.operate("lambda UpdateAlias", { ...nothing, ...aliasOf(after.properties) });
    return { physicalId, attributes };
  },
  async delete(context, { properties }) {
    await context.operate("lambda DeleteAlias", given(properties, ["FunctionName", "Name"]));
  },
};

/** CloudFormation has the weights as a list. */
function aliasOf(properties: JsonMap): JsonMap {
  const { AdditionalVersionWeights: weights } = (properties.RoutingConfig ?? {}) as JsonMap;
  const byVersion = (Array.isArray(weights) ? (weights as readonly JsonMap[]) : []).map(
    ({ FunctionVersion = "", FunctionWeight = 0 }) => [String(FunctionVersion), Number(FunctionWeight)],
  );
  return {
    ...given(properties, ["FunctionName", "Name", "FunctionVersion", "Description"]),
    ...(weights !== undefined && { RoutingConfig: { AdditionalVersionWeights: Object.fromEntries(byVersion) } }),
  };
}
