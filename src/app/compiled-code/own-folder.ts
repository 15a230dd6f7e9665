import { mkdirSync, type Stats, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";

/** The variables that tell where a user's caches are. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Rights of others than the owner to write. */
const WRITABLE_BY_OTHERS = 0o022;
const OWNER_ALONE = 0o700;
const ROOT = 0;

/**
 * Where compiled code is kept: what NODE_COMPILE_CACHE names, as for Node's own cache, or a folder of ours among the user's caches.
 * Undefined where the user has none. Never a folder for temporary files, where others could leave code for us to run.
 */
export function codeFolder(environment: Environment, platform: NodeJS.Platform): string | undefined {
  if (environment.NODE_COMPILE_CACHE) return environment.NODE_COMPILE_CACHE;
  const caches = cachesFolder(environment, platform);
  return caches === undefined || !isAbsolute(caches) ? undefined : join(caches, "waystation");
}

function cachesFolder({ XDG_CACHE_HOME, HOME, LOCALAPPDATA }: Environment, platform: NodeJS.Platform) {
  if (platform === "win32") return LOCALAPPDATA;
  if (platform === "darwin") return HOME && join(HOME, "Library/Caches");
  return XDG_CACHE_HOME || (HOME && join(HOME, ".cache"));
}

/** Makes a folder, and the one it lies in, for nobody but this user. Throws Node's error; a home that is not there is not made. */
export function makeOwnFolder(folder: string): void {
  try {
    mkdirSync(folder, OWNER_ALONE);
  } catch (cause) {
    if (codeOf(cause) === "EEXIST") return;
    if (codeOf(cause) !== "ENOENT") throw cause;
    mkdirSync(dirname(folder), OWNER_ALONE);
    mkdirSync(folder, OWNER_ALONE);
  }
}

/** Whether nobody can have written there but this user and root. Windows has no such rights; profiles are their owner's there. */
export function isOwn({ uid, mode }: Stats, user = process.getuid?.()): boolean {
  return user === undefined || ((uid === user || uid === ROOT) && (mode & WRITABLE_BY_OTHERS) === 0);
}

/** The same of a folder, which may not be there. */
export function isOwnFolder(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && isOwn(found);
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && "code" in cause ? cause.code : undefined;
}
