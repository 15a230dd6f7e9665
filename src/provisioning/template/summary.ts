import { resourceTypes } from "../resource/types.ts";
import type { Template } from "./template.ts";
import { isList, isMap, type Json, jsonOf, textOf, type Value, type ValueMap } from "./value.ts";

/** What GetTemplateSummary and ValidateTemplate tell of a template. */
interface TemplateSummary {
  readonly description: string | undefined;
  readonly metadata: Json | undefined;
  readonly version: string | undefined;
  readonly parameters: readonly ParameterSummary[];
  /** Each once, in the template's order. */
  readonly resourceTypes: readonly string[];
  /** By which properties users identify the resources of a type. */
  readonly identifiers: readonly IdentifierSummary[];
  readonly capabilities: readonly string[];
  readonly capabilitiesReason: string | undefined;
  readonly transforms: readonly string[];
}

interface ParameterSummary {
  readonly key: string;
  readonly type: string;
  readonly noEcho: boolean;
  readonly defaultValue: string | undefined;
  readonly description: string | undefined;
  readonly allowedValues: readonly string[] | undefined;
}

interface IdentifierSummary {
  readonly type: string;
  readonly logicalIds: readonly string[];
  readonly identifiers: readonly string[];
}

/** AWS: what IAM has that needs to be acknowledged, with the property by which it is named. */
const ACKNOWLEDGED: Readonly<Record<string, string | undefined>> = {
  "AWS::IAM::AccessKey": undefined,
  "AWS::IAM::Group": "GroupName",
  "AWS::IAM::InstanceProfile": "InstanceProfileName",
  "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
  "AWS::IAM::Policy": undefined,
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::User": "UserName",
  "AWS::IAM::UserToGroupAddition": undefined,
};

/** What there is to know of a template without values for its parameters. */
export function summaryOf({ body, transforms }: Template): TemplateSummary {
  const resources = typedResources(body);
  const types = [...new Set(resources.map(({ type }) => type))];
  const acknowledged = types.filter((type) => Object.hasOwn(ACKNOWLEDGED, type));
  const reason = `The following resource(s) require capabilities: [${acknowledged.join(", ")}]`;
  return {
    description: textOf(body.Description),
    metadata: body.Metadata === undefined ? undefined : jsonOf(body.Metadata),
    version: textOf(body.AWSTemplateFormatVersion),
    parameters: Object.entries(sectionOf(body, "Parameters")).map(([key, declared]) => parameterSummary(key, declared)),
    resourceTypes: types,
    identifiers: types.flatMap((type) => identifierSummary(type, resources)),
    capabilities: capabilitiesOf(resources, transforms),
    capabilitiesReason: acknowledged.length === 0 ? undefined : reason,
    transforms,
  };
}

interface TypedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: ValueMap;
}

function sectionOf(body: ValueMap, name: string): ValueMap {
  const section = body[name];
  return isMap(section) ? section : {};
}

function typedResources(body: ValueMap): readonly TypedResource[] {
  return Object.entries(sectionOf(body, "Resources")).flatMap(([logicalId, declared]) => {
    const type = isMap(declared) ? textOf(declared.Type) : undefined;
    if (type === undefined || !isMap(declared)) return [];
    return [{ logicalId, type, properties: isMap(declared.Properties) ? declared.Properties : {} }];
  });
}

function parameterSummary(key: string, declared: Value): ParameterSummary {
  const { Type, NoEcho, Default, Description, AllowedValues } = isMap(declared) ? declared : {};
  return {
    key,
    type: textOf(Type) ?? "String",
    noEcho: textOf(NoEcho)?.toLowerCase() === "true",
    defaultValue: textOf(Default),
    description: textOf(Description),
    allowedValues: isList(AllowedValues) ? AllowedValues.map((value) => textOf(value) ?? "") : undefined,
  };
}

function identifierSummary(type: string, resources: readonly TypedResource[]): readonly IdentifierSummary[] {
  const identifier = resourceTypes.get(type)?.identifier;
  if (identifier === undefined) return [];
  const logicalIds = resources.filter((resource) => resource.type === type).map(({ logicalId }) => logicalId);
  return [{ type, logicalIds, identifiers: [identifier] }];
}

function capabilitiesOf(resources: readonly TypedResource[], transforms: readonly string[]): readonly string[] {
  const acknowledged = resources.filter(({ type }) => Object.hasOwn(ACKNOWLEDGED, type));
  const isNamed = acknowledged.some(({ type, properties }) => properties[ACKNOWLEDGED[type] ?? ""] !== undefined);
  const iam = acknowledged.length === 0 ? [] : [isNamed ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM"];
  return transforms.length === 0 ? iam : [...iam, "CAPABILITY_AUTO_EXPAND"];
}
