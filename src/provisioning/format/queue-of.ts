import type { Part } from "../document/part.ts";
import type { DeclaredPlace, DeclaredQueue, World } from "../world/world.ts";

/** A queue of which no more is known. */
export function queueNamed(name: string, part: Part): DeclaredQueue {
  return { name, path: part.path, attributes: {}, tags: {}, messages: [] };
}

/** The world of a file that speaks of one account and region. */
export function worldOf({ notes = [], ...place }: Partial<DeclaredPlace> & Pick<Partial<World>, "notes">): World {
  const empty = { account: undefined, region: undefined, queues: [], topics: [], streams: [], functions: [] };
  return { settings: [], places: [{ ...empty, ...place }], notes };
}
