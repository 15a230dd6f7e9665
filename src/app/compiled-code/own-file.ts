import {
  closeSync,
  constants,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isOwn, isOwnFolder, makeOwnFolder } from "./own-folder.ts";

/** More than all of the program could come to. */
const MOST_BYTES = 64 * 2 ** 20;
/** How many builds and versions of Node have something kept at a time. */
const MOST_KEPT = 4;
/** What is ours in a folder that others may use as well: a build, and a version of Node. */
const OURS = /^[0-9a-f]{16}-v\d/;

/** A file that nobody can have written but this user and root; undefined where there is none. Throws Node's error. */
export function readOwnFile(path: string): Buffer | undefined {
  if (!isOwnFolder(dirname(path))) return undefined;
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file);
    return found.isFile() && isOwn(found) && found.size <= MOST_BYTES ? readFileSync(file) : undefined;
  } finally {
    closeSync(file);
  }
}

/** Writes a file that others find whole or not at all, however many processes do at once. Throws Node's error. */
export function writeOwnFile(path: string, bytes: Buffer): void {
  const folder = dirname(path);
  makeOwnFolder(folder);
  if (!isOwnFolder(folder)) throw new Error(`${folder} can be written by others`);
  const draft = mkdtempSync(`${path}-`);
  try {
    const file = join(draft, basename(path));
    writeFileSync(file, bytes, { mode: 0o600 });
    renameSync(file, path);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  forgetOthers(folder, basename(path));
}

/** Removes what builds and versions of Node have left there that are no longer the latest ones. */
export function forgetOthers(folder: string, own: string): void {
  const others = readdirSync(folder).filter((name) => OURS.test(name) && name !== own);
  const aged = others.map((name) => {
    const path = join(folder, name);
    return { path, changedAt: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
  });
  aged.sort((one, other) => other.changedAt - one.changedAt);
  for (const { path } of aged.slice(MOST_KEPT - 1)) rmSync(path, { recursive: true, force: true });
}
