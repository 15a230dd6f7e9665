import { isAbsolute, resolve } from "node:path";
import { DocumentError } from "../../provisioning/document/part.ts";
import type { DeclaredFunction, World } from "../../provisioning/world/world.ts";

/**
 * The same, with the code of functions where it is seen from a folder, which is that of the document's file. Throws DocumentError about a
 * function whose code nobody can know the place of, as the folder is unknown or on another machine.
 */
export function startingIn(folder: string | undefined, world: World): World {
  const placed = (declared: DeclaredFunction): DeclaredFunction => {
    const { options } = declared;
    const isSomewhere = options.directory !== undefined || options.command !== undefined;
    return isSomewhere ? { ...declared, options: { ...options, directory: directoryOf(declared, folder) } } : declared;
  };
  const places = world.places.map((place) => ({ ...place, functions: place.functions.map(placed) }));
  return { ...world, places };
}

function directoryOf({ name, path, options }: DeclaredFunction, folder: string | undefined): string {
  const directory = String(options.directory ?? ".");
  if (isAbsolute(directory)) return directory;
  // A client on Windows may ask a server elsewhere.
  if (folder !== undefined && isAbsolute(folder)) return resolve(folder, directory);
  const what =
    options.directory === undefined ? "its command has no directory" : `its directory ${directory} is relative`;
  const why =
    folder === undefined ? "the folder of the document is not known" : `${folder} is no path of the server's machine`;
  throw new DocumentError(
    `the function ${name}: ${what}, and ${why}; have the directory be absolute, or give that folder as the parameter directory`,
    path,
  );
}
