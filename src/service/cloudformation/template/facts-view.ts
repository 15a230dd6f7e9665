import { ofUnknownTypes, refuseUnknownTypes } from "../../../provisioning/resource/types.ts";
import { summaryOf } from "../../../provisioning/template/summary.ts";
import type { ProcessedTemplate } from "../../../provisioning/template/template.ts";
import type { CloudFormationContext } from "../operation.ts";
import { processedTemplate, refusing } from "./preparation.ts";

/**
 * What is in a template, as GetTemplateSummary tells it. Throws StackError for one that cannot be, and, unless that is only to be told of,
 * for resources of types that are not known.
 */
export async function factsView(
  { deployer, call }: CloudFormationContext,
  text: string,
  { isTolerant = false }: { readonly isTolerant?: boolean | undefined } = {},
) {
  const stack = { scope: call.scope, stackId: "", stackName: "", notificationArns: [] };
  const template = await refusing(async () => {
    const read = await processedTemplate(deployer.deps, text, { parameters: {}, stack });
    if (!isTolerant && deployer.deps.unknown === "refuse") refuseUnknownTypes(certainIn(read));
    return read;
  });
  const unknown = isTolerant ? [...new Set(ofUnknownTypes(certainIn(template)).map(({ type }) => type))] : [];
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
    Warnings: unknown.length === 0 ? undefined : { UnrecognizedResourceTypes: unknown },
  };
}

/** The resources that are there whatever the values of parameters: without a condition. */
function certainIn({ declarations }: ProcessedTemplate) {
  const certain = [...declarations.resources].filter(([, { condition }]) => condition === undefined);
  return certain.map(([logicalId, { type }]) => ({ logicalId, type }));
}
