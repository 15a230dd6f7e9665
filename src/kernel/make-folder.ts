import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder, and those on the way to it, where they are not there. Throws what the system says of the first that cannot be made.
 * Node's own recursive `mkdir` never comes to an end below a folder in which none can be made and that says ENOENT, as `/proc` does.
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(path); !(await isThere(at)); at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) await makeOne(folder);
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (cause) {
    const isMadeMeanwhile = (cause as NodeJS.ErrnoException).code === "EEXIST" && (await isFolder(folder));
    if (!isMadeMeanwhile) throw cause;
  }
}

/** Whether there is anything of that name that is to be gone into; a root is there, or nothing below it can be. */
async function isThere(path: string): Promise<boolean> {
  return dirname(path) === path || (await isFolder(path));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw cause;
  }
}
