import { DocumentError, type Path } from "../../provisioning/document/part.ts";
import type { World } from "../../provisioning/world/world.ts";

/** What is to be there, and where that is said. */
export interface Declaration {
  readonly world: World;
  /** `waystation.yaml:12:5`, or the name of a variable. */
  placeOf(path: Path): string;
}

/** Does something with what is declared. What cannot be is told with its place. */
export async function placed<T>({ placeOf }: Declaration, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    throw new DocumentError(`${placeOf(cause.path)}: ${cause.message}`, cause.path);
  }
}
