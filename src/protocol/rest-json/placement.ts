import { oncePer } from "../../kernel/collection/once-per.ts";
import { type Location, type Shape, type StructureShape, shapeOf, structure } from "../../model/shape.ts";

/** A member that stands outside the JSON body. */
export interface PlacedMember {
  readonly name: string;
  /** What it is called where it stands. */
  readonly wireName: string;
  readonly shape: Shape;
}

/** Where the members of an input or output stand. */
export interface Placement {
  /** The members in one place. */
  in(location: Location): readonly PlacedMember[];
  /** The body as it is. */
  readonly payload: PlacedMember | undefined;
  /** The members of the JSON body. */
  readonly body: StructureShape;
  readonly hasBodyMembers: boolean;
}

const NOTHING: readonly PlacedMember[] = [];

/** Where the members of the shape stand; worked out once. */
export const placementOf = oncePer(({ members }: StructureShape): Placement => {
  const placed = new Map<Location, PlacedMember[]>();
  const body: Record<string, Shape> = {};
  for (const [name, member] of Object.entries(members)) {
    const shape = shapeOf(member);
    const { location, locationName: wireName = name } = shape;
    if (location === undefined) body[name] = shape;
    else placed.set(location, [...(placed.get(location) ?? NOTHING), { name, wireName, shape }]);
  }
  return {
    in: (location) => placed.get(location) ?? NOTHING,
    payload: placed.get("payload")?.[0],
    body: structure(body),
    hasBodyMembers: Object.keys(body).length > 0,
  };
});
