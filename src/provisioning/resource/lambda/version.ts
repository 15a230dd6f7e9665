import type { JsonMap } from "../../template/value.ts";
import { createOnly, map, required, text } from "../property.ts";
import { type ResourceContext, ResourceFailure, type ResourceType } from "../resource-type.ts";
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
    const known = await versionsOf(context, input);
    const { FunctionArn = "", Version = "" } = await context.operate("lambda PublishVersion", input);
    // AWS: a function that has not changed since is published no second time, and another resource may stand for its version.
    if (known.has(String(Version))) {
      throw new ResourceFailure(
        "AlreadyExists",
        `A version for this Lambda function exists ( ${String(Version)} ). Modify the function to create a new version.`,
      );
    }
    return { physicalId: String(FunctionArn), attributes: { FunctionArn, Version } };
  },
  update: async (_context, { physicalId, attributes }) => ({ physicalId, attributes }),
  async delete(context, { physicalId: FunctionName }) {
    await context.operate("lambda DeleteFunction", { FunctionName });
  },
};

/** The versions that a function has by now. */
async function versionsOf({ operate }: ResourceContext, { FunctionName = "" }: JsonMap): Promise<ReadonlySet<string>> {
  const versions = new Set<string>();
  let marker: JsonMap = {};
  do {
    const { Versions, NextMarker } = await operate("lambda ListVersionsByFunction", { FunctionName, ...marker });
    for (const { Version } of Versions as readonly JsonMap[]) versions.add(String(Version));
    marker = NextMarker === undefined ? {} : { Marker: NextMarker };
  } while (marker.Marker !== undefined);
  return versions;
}
