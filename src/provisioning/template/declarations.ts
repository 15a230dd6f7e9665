import { formatError, TemplateError } from "./template-error.ts";
import { isList, isMap, textOf, type Value, type ValueMap } from "./value.ts";

/** What a template declares, each part in its order. */
export interface Declarations {
  readonly description: string | undefined;
  readonly metadata: Value | undefined;
  readonly parameters: ReadonlyMap<string, ValueMap>;
  readonly rules: ValueMap;
  readonly mappings: ValueMap;
  readonly conditions: ValueMap;
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
}

/** A resource as it stands in the template. */
export interface ResourceDeclaration {
  readonly type: string;
  readonly properties: ValueMap;
  readonly condition: string | undefined;
  readonly dependsOn: readonly string[];
  readonly metadata: Value | undefined;
  readonly deletionPolicy: Value | undefined;
  readonly updateReplacePolicy: Value | undefined;
}

/** An output as it stands in the template. */
export interface OutputDeclaration {
  readonly value: Value;
  readonly description: string | undefined;
  readonly condition: string | undefined;
  readonly exportName: Value | undefined;
}

/** AWS: quotas, CloudFormation user guide. */
const MOST = { resources: 500, parameters: 200, outputs: 200, mappings: 200 } as const;

const ALPHANUMERIC = /^[A-Za-z0-9]+$/;
const PARAMETER_MEMBERS = [
  ...["Type", "Default", "AllowedValues", "AllowedPattern", "MinLength", "MaxLength", "MinValue", "MaxValue"],
  ...["NoEcho", "Description", "ConstraintDescription"],
];
const RESOURCE_MEMBERS = [
  ...["Type", "Properties", "Condition", "DependsOn", "Metadata", "DeletionPolicy", "UpdateReplacePolicy"],
  ...["UpdatePolicy", "CreationPolicy"],
];

/** What a template declares once its transforms are done. Throws TemplateError for what has not the form it needs. */
export function declarationsOf(body: ValueMap): Declarations {
  refuseEmptyOutputs(body.Outputs);
  refuseNull(body, "");
  return {
    description: textOf(body.Description),
    metadata: body.Metadata,
    parameters: parametersOf(section(body, "Parameters")),
    rules: section(body, "Rules"),
    mappings: mappingsOf(section(body, "Mappings")),
    conditions: section(body, "Conditions"),
    resources: resourcesOf(section(body, "Resources")),
    outputs: outputsOf(section(body, "Outputs")),
  };
}

/** AWS: one output without a value is told by its place, several are not. */
function refuseEmptyOutputs(outputs: Value | undefined): void {
  const empty = isMap(outputs) ? Object.values(outputs).filter((output) => isMap(output) && output.Value === null) : [];
  if (empty.length > 1) throw withoutValue();
}

function withoutValue(): TemplateError {
  return formatError("Every Outputs member must contain a Value object");
}

/** AWS tells the first place; a resource's own properties are no exception. */
function refuseNull(value: Value, path: string): void {
  if (value === null) throw new TemplateError(`[${path}] 'null' values are not allowed in templates`);
  if (isList(value)) for (const [index, item] of value.entries()) refuseNull(item, `${path}/${index}`);
  else if (isMap(value)) for (const [key, part] of Object.entries(value)) refuseNull(part, `${path}/${key}`);
}

function section(body: ValueMap, name: string): ValueMap {
  const value = body[name] ?? {};
  if (!isMap(value)) throw formatError(`${name} must be an object.`);
  return value;
}

function refuseMoreThan(most: number, what: string, count: number): void {
  if (count > most) throw formatError(`Number of ${what}, ${count}, is greater than maximum allowed, ${most}`);
}

function parametersOf(declared: ValueMap): ReadonlyMap<string, ValueMap> {
  const entries = Object.entries(declared);
  refuseMoreThan(MOST.parameters, "parameters", entries.length);
  return new Map(
    entries.map(([name, parameter]) => {
      if (!ALPHANUMERIC.test(name)) throw formatError(`Parameter name ${name} is non alphanumeric.`);
      if (!isMap(parameter)) throw formatError("Any Parameters member must be an object.");
      if (textOf(parameter.Type) === undefined) {
        throw formatError("Every Parameters object must contain a Type member.");
      }
      refuseDefault(name, parameter.Default);
      const foreign = Object.keys(parameter).find((key) => !PARAMETER_MEMBERS.includes(key));
      if (foreign !== undefined) throw new TemplateError(`Invalid template parameter property '${foreign}'`);
      return [name, parameter] as const;
    }),
  );
}

/** AWS: quotas, CloudFormation user guide. */
const MAX_DEFAULT = 4096;

function refuseDefault(name: string, value: Value | undefined): void {
  const text = value === undefined ? "" : textOf(value);
  if (text === undefined) throw formatError("Every Default member must be a string.");
  if (text.length <= MAX_DEFAULT) return;
  throw formatError(`Parameter '${name}' default value '${text}' length is greater than ${MAX_DEFAULT}.`);
}

function mappingsOf(declared: ValueMap): ValueMap {
  const mappings = Object.entries(declared);
  refuseMoreThan(MOST.mappings, "mappings", mappings.length);
  for (const [name, mapping] of mappings) {
    if (!isMap(mapping)) throw formatError(`Every Mappings member ${name} must be a map`);
    for (const entry of Object.values(mapping)) {
      if (!isMap(entry)) throw formatError(`Every Mappings member ${name} must be a map`);
      if (!Object.values(entry).every(isMapped))
        throw formatError("Every Mappings attribute must be a String or a List.");
    }
  }
  return declared;
}

function isMapped(value: Value): boolean {
  return isList(value) || textOf(value) !== undefined;
}

function resourcesOf(declared: ValueMap): ReadonlyMap<string, ResourceDeclaration> {
  const entries = Object.entries(declared);
  if (entries.length === 0) throw formatError("At least one Resources member must be defined.");
  refuseMoreThan(MOST.resources, "resources", entries.length);
  return new Map(entries.map(([logicalId, resource]) => [logicalId, resourceOf(logicalId, resource)]));
}

function resourceOf(logicalId: string, resource: Value): ResourceDeclaration {
  if (!ALPHANUMERIC.test(logicalId)) throw formatError(`Resource name ${logicalId} is non alphanumeric.`);
  if (!isMap(resource)) throw formatError("Any Resources member must be an object.");
  const { Type, Properties = {}, Condition, DependsOn, Metadata, DeletionPolicy, UpdateReplacePolicy } = resource;
  if (typeof Type !== "string") {
    throw formatError(`[/Resources/${logicalId}] Every Resources object must contain a Type member.`);
  }
  const foreign = Object.keys(resource).find((key) => !RESOURCE_MEMBERS.includes(key));
  if (foreign !== undefined) throw new TemplateError(`Invalid template resource property '${foreign}'`);
  if (!isMap(Properties)) throw formatError(`[/Resources/${logicalId}/Properties] Properties must be an object.`);
  return {
    type: Type,
    properties: Properties,
    condition: textOf(Condition),
    dependsOn: dependenciesOf(logicalId, DependsOn),
    metadata: Metadata,
    deletionPolicy: DeletionPolicy,
    updateReplacePolicy: UpdateReplacePolicy,
  };
}

function dependenciesOf(logicalId: string, value: Value | undefined): readonly string[] {
  if (value === undefined) return [];
  const names = (isList(value) ? value : [value]).map(textOf);
  if (!names.every((name) => name !== undefined)) {
    throw formatError(`[/Resources/${logicalId}/DependsOn] DependsOn must be a string or a list of strings.`);
  }
  return names;
}

function outputsOf(declared: ValueMap): ReadonlyMap<string, OutputDeclaration> {
  const entries = Object.entries(declared);
  refuseMoreThan(MOST.outputs, "outputs", entries.length);
  return new Map(
    entries.map(([name, output]) => {
      if (!ALPHANUMERIC.test(name)) throw formatError(`Output name ${name} is non alphanumeric.`);
      if (!isMap(output) || output.Value === undefined) throw withoutValue();
      const { Value: value, Description, Condition, Export } = output;
      refuseContainer(value);
      const exportName = isMap(Export) ? Export.Name : undefined;
      if (Export !== undefined && exportName === undefined) throw malformedExport.name(name);
      return [name, { value, description: textOf(Description), condition: textOf(Condition), exportName }] as const;
    }),
  );
}

/** An output is a text, or a function that makes one. */
function refuseContainer(value: Value): void {
  if (isList(value)) throw noText(" and not a List");
  if (!isMap(value)) return;
  const [name = "", ...others] = Object.keys(value);
  if (others.length > 0 || !(name === "Ref" || name.startsWith("Fn::"))) throw noText(" and not a Map");
}

/** What an output is refused with that is no text, and what it is instead if that can be told. */
export function noText(instead = ""): TemplateError {
  return formatError(`The Value field of every Outputs member must evaluate to a String${instead}.`);
}

/** What an output is refused with whose export cannot be. */
export const malformedExport = {
  name: (output: string) =>
    malformed(
      output,
      " The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.",
    ),
  length: (output: string, most: number) =>
    malformed(output, ` The Name field of every Export member must not be longer than ${most} characters.`),
  // AWS: with a blank more, and what it must not depend on behind it.
  dependent: (output: string, flaw: string) => malformed(output, `  The Name field of Export ${flaw}.`),
};

function malformed(output: string, flaw: string): TemplateError {
  return formatError(`Output ${output} is malformed.${flaw}`);
}
