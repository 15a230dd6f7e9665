import { type Shape, type StructureShape, shapeOf } from "../../../src/model/shape.ts";

/** What the SDK knows a shape by: numbers for scalars, tuples for the rest. */
export type SdkSchema = unknown;

/** The kinds of the SDK's schemas that are tuples. */
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;

const SCALARS = { string: 0, integer: 1, long: 1, double: 1, boolean: 2, timestamp: 4, blob: 21 } as const;

const TRAITS = {
  label: "httpLabel",
  query: "httpQuery",
  queryMap: "httpQueryParams",
  header: "httpHeader",
  prefixHeaders: "httpPrefixHeaders",
  payload: "httpPayload",
  statusCode: "httpResponseCode",
} as const;

/** An operation as the SDK describes it. */
export function sdkOperation(
  http: readonly [method: string, path: string, status: number],
  input: StructureShape,
  output: StructureShape,
): SdkSchema {
  const traits = { http };
  return {
    namespace: "ns",
    name: "DoIt",
    traits,
    input: sdkSchema(input, "Input"),
    output: sdkSchema(output, "Output"),
  };
}

function sdkSchema(shape: Shape, name = "It"): SdkSchema {
  switch (shape.kind) {
    case "list":
      return [LIST, "ns", name, 0, sdkSchema(shape.item)];
    case "map":
      return [MAP, "ns", name, 0, 0, sdkSchema(shape.value)];
    case "structure": {
      const members = Object.entries(shape.members);
      const schemas = members.map(([, member]) => [sdkSchema(shapeOf(member)), traitsOf(shapeOf(member))]);
      return [STRUCTURE, "ns", name, 0, members.map(([member]) => member), schemas];
    }
    default:
      return SCALARS[shape.kind];
  }
}

function traitsOf({ location, locationName }: Shape): object {
  if (location === undefined) return locationName === undefined ? {} : { jsonName: locationName };
  return { [TRAITS[location]]: locationName ?? 1 };
}

/** The value with Dates for instants, as the SDK has it. */
export function sdkValue(shape: Shape, value: unknown, instant: (value: never) => unknown): unknown {
  switch (shape.kind) {
    case "timestamp":
      return instant(value as never);
    case "list":
      return (value as readonly unknown[]).map((item) => sdkValue(shape.item, item, instant));
    case "map": {
      const entries: Record<string, unknown> = Object.create(null);
      for (const [key, item] of Object.entries(value as object)) entries[key] = sdkValue(shape.value, item, instant);
      return entries;
    }
    case "structure": {
      const given = Object.entries(value as object).filter(([name, item]) => item != null && name in shape.members);
      return Object.fromEntries(
        given.map(([name, item]) => [name, sdkValue(shapeOf(shape.members[name]!), item, instant)]),
      );
    }
    case "blob":
      return new Uint8Array(value as Uint8Array);
    default:
      return value;
  }
}
