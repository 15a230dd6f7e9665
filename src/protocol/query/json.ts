import { base64Of, type MaybeBase64 } from "../../kernel/base64.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import { type Shape, type StructureShape, shapeOf } from "../../model/shape.ts";

/**
 * What the elements of an answer become for clients that want JSON: structures with every member they could have, maps
 * as lists of their entries.
 */

/** How a service calls members that hold lists. */
type ListNames = (name: string) => string;

/** The value as it is written to JSON. A member that is absent is null. */
export function jsonValueOf(shape: Shape, value: unknown, listNames: ListNames): unknown {
  switch (shape.kind) {
    case "string":
      return String(value);
    case "blob":
      return base64Of(value as MaybeBase64);
    case "timestamp":
      return formatIso8601(value as number);
    case "list":
      return (value as readonly unknown[]).map((entry) => jsonValueOf(shape.item, entry, listNames));
    case "map": {
      const { keyName, valueName, value: item } = shape;
      const entries = Object.entries(value as Readonly<Record<string, unknown>>);
      return entries.map(([key, entry]) => ({ [keyName]: key, [valueName]: jsonValueOf(item, entry, listNames) }));
    }
    case "structure":
      return jsonStructureOf(shape, value as Readonly<Record<string, unknown>>, listNames);
    default:
      return value;
  }
}

function jsonStructureOf(
  { members }: StructureShape,
  value: Readonly<Record<string, unknown>>,
  listNames: ListNames,
): object {
  const json: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    const shape = shapeOf(member);
    const given = value[name];
    json[shape.kind === "list" ? listNames(name) : name] =
      given === undefined ? null : jsonValueOf(shape, given, listNames);
  }
  return json;
}
