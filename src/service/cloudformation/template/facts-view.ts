import { summaryOf } from "../../../provisioning/template/summary.ts";
import type { CloudFormationContext } from "../operation.ts";
import { processedTemplate, refusing } from "./preparation.ts";

/** What is in a template, as GetTemplateSummary tells it. Throws StackError for one that cannot be. */
export async function factsView({ deployer, call }: CloudFormationContext, text: string) {
  const stack = { scope: call.scope, stackId: "", stackName: "", notificationArns: [] };
  const template = await refusing(() => processedTemplate(deployer.deps, text, { parameters: {}, stack }));
  const { description, metadata, version, resourceTypes, transforms, ...found } = summaryOf(template);
  return {
    Parameters: found.parameters.map(({ key, type, noEcho, defaultValue, description: text, allowedValues }) => ({
      ...{ ParameterKey: key, ParameterType: type, NoEcho: noEcho, DefaultValue: defaultValue, Description: text },
      ParameterConstraints: allowedValues === undefined ? {} : { AllowedValues: allowedValues },
    })),
    Description: description,
    Capabilities: found.capabilities.length === 0 ? undefined : found.capabilities,
    CapabilitiesReason: found.capabilitiesReason,
    ResourceTypes: resourceTypes,
    Version: version,
    Metadata: metadata === undefined ? undefined : JSON.stringify(metadata),
    DeclaredTransforms: transforms.length === 0 ? undefined : transforms,
    ResourceIdentifierSummaries: found.identifiers.map(({ type, logicalIds, identifiers }) => ({
      ...{ ResourceType: type, LogicalResourceIds: logicalIds, ResourceIdentifiers: identifiers },
    })),
  };
}
