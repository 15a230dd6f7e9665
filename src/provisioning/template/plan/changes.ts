import { isDeepStrictEqual } from "node:util";
import type { Property } from "../../resource/property.ts";
import { namesIn } from "../references.ts";
import type { ResolvedResource } from "../resolve.ts";
import {
  Deferred,
  isKnown,
  isList,
  isMap,
  type Json,
  type JsonMap,
  jsonOf,
  mapOf,
  Reference,
  type Value,
  waitingFor,
} from "../value.ts";
import type { AppliedResource } from "./applied.ts";
import type { Detail } from "./step.ts";

/** What stands for values that are known when the resources are there. */
const KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}";

/** The resource before and after, the properties of both in the types of its rules where they are known. */
export interface Comparison {
  readonly before: AppliedResource;
  readonly after: ResolvedResource;
  /** What is known of its properties now. */
  readonly properties: { readonly [name: string]: Value };
  /** Its properties as the template declares them. */
  readonly declared: { readonly [name: string]: Value };
  readonly rules: Readonly<Record<string, Property>>;
  /** The parameters that have another value than before. */
  readonly changedParameters: ReadonlySet<string>;
}

/** Why the properties of a resource change; empty if they do not. */
export function propertyDetails(comparison: Comparison): readonly Detail[] {
  const { before, properties } = comparison;
  const names = new Set([...Object.keys(before.properties), ...Object.keys(properties)]);
  return [...names].flatMap((name) => detailsOf(name, comparison));
}

function detailsOf(name: string, comparison: Comparison): readonly Detail[] {
  const { before, properties, rules, declared, changedParameters } = comparison;
  const [old, wanted] = [before.properties[name], properties[name]];
  const isStatic = wanted === undefined || isKnown(wanted);
  const after = wanted === undefined ? undefined : shownValue(wanted);
  if (isStatic && isDeepStrictEqual(old, after)) return [];
  const shown = { part: "Properties", name, requiresRecreation: recreation(rules[name]), before: old, after } as const;
  if (!isStatic) {
    return [...waitingFor(wanted)].map((reference) => ({ ...shown, evaluation: "Dynamic", ...causeOf(reference) }));
  }
  const parameters = namesIn(declared[name] ?? "").filter((parameter) => changedParameters.has(parameter));
  if (parameters.length === 0) return [{ ...shown, evaluation: "Static", source: "DirectModification" }];
  return [
    ...parameters.map((causingEntity) => ({
      ...shown,
      evaluation: "Static" as const,
      source: "ParameterReference" as const,
      causingEntity,
    })),
    { ...shown, evaluation: "Dynamic", source: "DirectModification" },
  ];
}

function causeOf({ logicalId, attribute }: Reference): Pick<Detail, "source" | "causingEntity"> {
  if (attribute === undefined) return { source: "ResourceReference", causingEntity: logicalId };
  return { source: "ResourceAttribute", causingEntity: `${logicalId}.${attribute}` };
}

function recreation(property: Property | undefined): Detail["requiresRecreation"] {
  if (property?.replaces === undefined) return "Never";
  return property.replaces === "always" ? "Always" : "Conditionally";
}

/** The value with everything that is not known yet marked as such. */
export function shownValue(value: Value): Json {
  if (value instanceof Reference || value instanceof Deferred) return KNOWN_AFTER_APPLY;
  if (isList(value)) return value.map(shownValue);
  if (!isMap(value)) return jsonOf(value);
  return mapOf(Object.entries(value).map(([key, part]) => [key, shownValue(part)] as const)) as JsonMap;
}
