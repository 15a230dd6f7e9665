import { mkdir, mkdtemp, open, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { lazily } from "../../kernel/load/late-package.ts";
import { zipEntries } from "../../kernel/load/zip-file.ts";

/** What an entry of a zip file is, as Unix has it in its mode. */
const TYPE = 0o170000;
const LINK = 0o120000;
const PERMISSIONS = 0o777;
/** Linux: what a link leads to has fewer bytes. */
const LONGEST_TARGET = 4096;
/** What a file may have done with it of which the zip file does not say. */
const UNSAID = 0o755;

/** A folder with the files of an archive. */
export interface Unpacked {
  readonly path: string;
  /** Nobody needs it here any more. */
  release(): void;
}

/** A folder, and how many need it. */
interface Shared {
  readonly path: Promise<string>;
  users: number;
}

/** The files of archives in folders that are this emulator's alone, each once however many versions have it. */
export class UnpackedCode {
  readonly #shared = new Map<string, Shared>();
  readonly #removing = new Set<Promise<void>>();
  readonly #root = lazily(() => mkdtemp(join(tmpdir(), "waystation-functions-")));
  #count = 0;
  #isRooted = false;

  /** Throws what is wrong with the archive, or what the system says. */
  async unpack(sha256: string, archive: Uint8Array): Promise<Unpacked> {
    const known = this.#shared.get(sha256);
    const shared = known ?? { path: this.#filled(archive), users: 0 };
    this.#shared.set(sha256, shared);
    shared.users++;
    const release = lazily(() => this.#release(sha256, shared));
    try {
      return { path: await shared.path, release };
    } catch (cause) {
      release();
      throw cause;
    }
  }

  /** Leaves nothing of it on the disk. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#shared.values()].map(({ path }) => path));
    await Promise.all(this.#removing);
    if (this.#isRooted) await removed(await this.#root());
  }

  async #filled(archive: Uint8Array): Promise<string> {
    this.#isRooted = true;
    const folder = join(await this.#root(), String(++this.#count));
    await mkdir(folder);
    await unpackInto(folder, archive);
    return folder;
  }

  #release(sha256: string, shared: Shared): void {
    if (--shared.users > 0) return;
    if (this.#shared.get(sha256) === shared) this.#shared.delete(sha256);
    const removing = shared.path
      .then(removed, () => {}) // what could not be unpacked goes with the root
      .finally(() => this.#removing.delete(removing));
    this.#removing.add(removing);
  }
}

/** Links come last, so that no file is written by way of one. */
async function unpackInto(folder: string, archive: Uint8Array): Promise<void> {
  const links: { readonly path: string; readonly target: string }[] = [];
  for await (const { path, mode, bytes } of zipEntries(archive)) {
    const at = join(folder, path);
    await mkdir(dirname(at), { recursive: true });
    if ((mode & TYPE) === LINK) links.push({ path: at, target: await targetOf(path, bytes()) });
    else await write(at, mode, bytes());
  }
  for (const { path, target } of links) {
    refuseUnless(isWithin(folder, resolve(dirname(path), target)), folder, path, target);
    await symlink(target, path);
  }
  const root = await realpath(folder);
  for (const { path, target } of links) {
    const real = await realpath(path).catch(() => undefined); // it may lead to nothing
    refuseUnless(real === undefined || isWithin(root, real), folder, path, target);
  }
}

function refuseUnless(isGood: boolean, folder: string, path: string, target: string): void {
  if (!isGood) throw new Error(`the link ${relative(folder, path)} leads out of the archive, to ${target}`);
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

async function write(path: string, mode: number, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, "w", mode === 0 ? UNSAID : mode & PERMISSIONS);
  try {
    for await (const chunk of bytes) await file.write(chunk);
  } finally {
    await file.close();
  }
}

/** Where a link leads. Throws when that is longer than any system takes, of which no more is read. */
async function targetOf(path: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length >= LONGEST_TARGET) throw new Error(`the link ${path} is too long`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function removed(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}
