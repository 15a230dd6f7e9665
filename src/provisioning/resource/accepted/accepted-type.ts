import type { Json, JsonMap } from "../../template/value.ts";
import { textOfDocument } from "../document.ts";
import { physicalName } from "../physical-name.ts";
import { createOnly, text } from "../property.ts";
import type { ResourceContext, ResourceType } from "../resource-type.ts";

/** What the id and the attributes of an accepted resource are made of. */
export interface AcceptedResource {
  readonly name: string;
  /** `arn:aws:iam::000000000000:`, with a region where the service has them. */
  arn(service: string, resource: string, isGlobal?: "global"): string;
  readonly context: ResourceContext;
  readonly properties: JsonMap;
  /** Upper-case letters and digits, as in ids of IAM. */
  readonly uniqueId: string;
  readonly uuid: string;
}

/** A type whose resources are accepted and kept, without anything behind them. */
export interface AcceptedRow {
  /** The property by which users name it, if there is one. */
  readonly named?: string;
  /** How long generated names are at most, and what else is special about them. */
  readonly form?: { readonly maxLength?: number; readonly isLowerCase?: boolean };
  /** Properties whose change replaces the resource, beside its name. */
  readonly createOnly?: readonly string[];
  /** What Ref returns; the name unless given. */
  readonly ref?: (resource: AcceptedResource) => string;
  /** What Fn::GetAtt returns. */
  readonly attributes?: Readonly<Record<string, (resource: AcceptedResource) => Json>>;
}

const UNIQUE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const UNIQUE_LENGTH = 17;

/** A type of resources that come and go with their stack, and do nothing. */
export function acceptedType(row: AcceptedRow): ResourceType {
  const { named, attributes = {} } = row;
  const names = [...(named === undefined ? [] : [named]), ...(row.createOnly ?? [])];
  return {
    properties: Object.fromEntries(names.map((name) => [name, createOnly(text)])),
    takesAny: true,
    attributes: Object.keys(attributes),
    ...(named !== undefined && { nameProperty: named, identifier: named }),
    async create(context, { properties }) {
      const resource = acceptedResource(row, context, properties);
      return { physicalId: row.ref?.(resource) ?? resource.name, attributes: valuesOf(row, resource) };
    },
    async update(context, { physicalId, attributes: before, after }) {
      // What was generated stays what it is.
      const now = valuesOf(row, acceptedResource(row, context, after.properties));
      const changing = Object.entries(now).filter(([name]) => Object.hasOwn(after.properties, name));
      return { physicalId, attributes: { ...before, ...Object.fromEntries(changing) } };
    },
    delete: async () => {},
  };
}

function valuesOf({ attributes = {} }: AcceptedRow, resource: AcceptedResource): JsonMap {
  return Object.fromEntries(Object.entries(attributes).map(([name, make]) => [name, make(resource)]));
}

function acceptedResource(
  { named, form = {} }: AcceptedRow,
  context: ResourceContext,
  properties: JsonMap,
): AcceptedResource {
  const given = named === undefined ? undefined : textOfDocument(properties[named]);
  const { partition, region, account } = context.scope;
  return {
    name: given ?? physicalName(context, form),
    arn: (service, resource, isGlobal) =>
      `arn:${partition}:${service}:${isGlobal === undefined ? region : ""}:${account}:${resource}`,
    context,
    properties,
    uniqueId: Array.from(context.ids.bytes(UNIQUE_LENGTH), (byte) => UNIQUE_LETTERS.charAt(byte & 31)).join(""),
    uuid: context.ids.uuid(),
  };
}
