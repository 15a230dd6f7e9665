import { boolean, list, string, structure } from "../../../model/shape.ts";

/** What is told of templates. */

const parameterConstraints = structure({ AllowedValues: list(string()) });
export const parameterDeclaration = structure({
  ParameterKey: string(),
  DefaultValue: string(),
  ParameterType: string(),
  NoEcho: boolean(),
  Description: string(),
  ParameterConstraints: parameterConstraints,
});
export const resourceIdentifierSummary = structure({
  ResourceType: string(),
  LogicalResourceIds: list(string()),
  ResourceIdentifiers: list(string()),
});
export const warnings = structure({ UnrecognizedResourceTypes: list(string()) });
export const templateParameter = structure({
  ParameterKey: string(),
  DefaultValue: string(),
  NoEcho: boolean(),
  Description: string(),
});
