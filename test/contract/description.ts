import { NormalizedSchema } from "@smithy/core/schema";
import { isRequired, type Shape, type StructureShape, shapeOf } from "../../src/model/shape.ts";

/** A shape as both sides can be compared: what it holds, and its names in the Query protocol. */
export type Description =
  | { readonly kind: "string" | "number" | "boolean" | "blob" | "timestamp" }
  | { readonly kind: "list"; readonly flatName?: string | undefined; readonly item: Description }
  | {
      readonly kind: "map";
      readonly flatName?: string | undefined;
      readonly keyName: string;
      readonly valueName: string;
      readonly value: Description;
    }
  | { readonly kind: "structure"; readonly members: Readonly<Record<string, Description>> };

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

/** How the SDK sees a shape. */
export function describeSchema(ref: SchemaRef): Description {
  const schema = NormalizedSchema.of(ref);
  const { xmlFlattened, xmlName } = schema.getMergedTraits();
  const flatName = xmlFlattened ? xmlName : undefined;
  if (schema.isListSchema()) return { kind: "list", flatName, item: describeSchema(schema.getValueSchema()) };
  if (schema.isMapSchema()) {
    const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? "key";
    const valueName = schema.getValueSchema().getMergedTraits().xmlName ?? "value";
    return { kind: "map", flatName, keyName, valueName, value: describeSchema(schema.getValueSchema()) };
  }
  if (schema.isStructSchema()) {
    const members = [...schema.structIterator()].map(([name, member]) => [name, describeSchema(member)] as const);
    return { kind: "structure", members: Object.fromEntries(members) };
  }
  if (schema.isUnitSchema()) return { kind: "structure", members: {} };
  if (schema.isBlobSchema()) return { kind: "blob" };
  if (schema.isTimestampSchema()) return { kind: "timestamp" };
  if (schema.isBooleanSchema()) return { kind: "boolean" };
  return { kind: schema.isNumericSchema() ? "number" : "string" };
}

/** How we see it. */
export function describeShape(shape: Shape): Description {
  switch (shape.kind) {
    case "list":
      return { kind: "list", flatName: shape.flatName, item: describeShape(shape.item) };
    case "map": {
      const { flatName, keyName, valueName, value } = shape;
      return { kind: "map", flatName, keyName, valueName, value: describeShape(value) };
    }
    case "structure": {
      const members = Object.entries(shape.members).map(([name, member]) => [name, describeShape(shapeOf(member))]);
      return { kind: "structure", members: Object.fromEntries(members) };
    }
    case "integer":
    case "long":
      return { kind: "number" };
    default:
      return { kind: shape.kind };
  }
}

/** The members of a structure that the SDK's types make mandatory. */
export function requiredMembers(ref: SchemaRef): readonly string[] {
  const [, , , , names, , count = 0] = NormalizedSchema.of(ref).getSchema() as unknown as SdkStructure;
  return names.slice(0, count);
}

/** A structure in the form the SDK's packages carry it: its required members come first. */
type SdkStructure = readonly [number, string, string, unknown, readonly string[], unknown, number?];

/** The members of a structure that we refuse to do without. */
export function ourRequiredMembers(shape: StructureShape): readonly string[] {
  return Object.keys(shape.members).filter((name) => isRequired(shape.members[name]!));
}
