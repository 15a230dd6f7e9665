import { readdirSync } from "node:fs";
import { openLmdbStore } from "../../store/lmdb-store.ts";
import { type Durability, type Store, StoreRefusal } from "../../store/store.ts";

/** What may lie in a folder that is as good as empty: what file systems put there, and what tells whose it is. */
const NOBODYS = /^(\..*|lost\+found|lock.*\.sock|owner\.pid)$/;
const OURS = /^state-\d+\.mdb/;

/** Opens the store in the folder that state is kept in. Throws StoreRefusal, which says what is wrong and what to do. */
export async function openDataDir(folder: string, durability: Durability): Promise<Store> {
  try {
    refuseOthers(folder);
    return await openLmdbStore(folder, durability);
  } catch (cause) {
    if (cause instanceof StoreRefusal) throw cause;
    throw new StoreRefusal(`The folder ${folder} cannot be used: ${reasonOf(cause)}.`, { cause });
  }
}

/** A path that leads to another place by mistake is not to be filled with state. */
function refuseOthers(folder: string): void {
  const names = namesIn(folder);
  if (names.some((name) => OURS.test(name))) return;
  const stranger = names.find((name) => !NOBODYS.test(name));
  if (stranger === undefined) return;
  throw new StoreRefusal(
    `The folder ${folder} holds ${stranger} and no state of Waystation's: take one that is empty, or is not there yet.`,
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw cause;
  }
}

/** In the words of people where there are some. */
function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return "this process may not write there";
  if (code === "EROFS") return "it is read-only";
  if (code === "ENOTDIR" || code === "EEXIST") return "it is no folder";
  if (code === "ENOSPC") return "its disk is full";
  if (code === "ENOENT") return "no folder can be made there";
  return message;
}
