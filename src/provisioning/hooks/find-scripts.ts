import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** When scripts run, in this order. The names are those that the state of LocalStack's hooks is told with. */
export const initStages = ["BOOT", "START", "READY", "SHUTDOWN"] as const;

export type InitStage = (typeof initStages)[number];

/** A file that is run at a stage. */
export interface InitScript {
  readonly stage: InitStage;
  readonly path: string;
  /** Whether it lies in the folder itself, from where older versions of LocalStack read scripts that nobody made executable. */
  readonly isLoose: boolean;
}

const SUFFIX = /\.(?:sh|py)$/;

/**
 * The scripts of a folder: those in `boot.d`, `start.d`, `ready.d` and `shutdown.d` and in folders below, and as scripts
 * for `ready` those that lie in it directly, as in `/docker-entrypoint-initaws.d`.
 */
export async function findScripts(folder: string): Promise<readonly InitScript[]> {
  const found: InitScript[] = [];
  for (const stage of initStages) {
    const loose = stage === "READY" ? await scriptsIn(folder, await entriesOf(folder)) : [];
    const own = await scriptsBelow(join(folder, `${stage.toLowerCase()}.d`));
    for (const path of loose) found.push({ stage, path, isLoose: true });
    for (const path of own) found.push({ stage, path, isLoose: false });
  }
  return found;
}

/** Files first, then folders, each in the order of their names, as LocalStack has it. */
async function scriptsBelow(folder: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder);
  const scripts = [await scriptsIn(folder, entries)];
  for (const entry of entries) {
    if (entry.isDirectory()) scripts.push(await scriptsBelow(join(folder, entry.name)));
  }
  return scripts.flat();
}

async function scriptsIn(folder: string, entries: readonly Dirent[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (SUFFIX.test(entry.name) && (await isFile(entry, path))) paths.push(path);
  }
  return paths;
}

/** Kubernetes mounts a config map as links to files in a folder whose name begins with a dot. */
async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return stat(path).then(
    (target) => target.isFile(),
    () => false,
  );
}

/** What is not hidden, in the order of names; nothing where there is no such folder. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT" || cause.code === "ENOTDIR") return [];
    throw cause;
  });
  return entries.filter(({ name }) => !name.startsWith(".")).sort((one, other) => (one.name < other.name ? -1 : 1));
}
