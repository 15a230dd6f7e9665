import type { KeptState } from "../kept-state.ts";
import { Connection } from "./connection.ts";
import { KeptRows } from "./kept-rows.ts";
import { factsOf } from "./lead.ts";
import { damaged, newer, unusable } from "./refusals.ts";
import { BATCH_BYTES, BEGIN_LOOK, FIND, FORMAT } from "./tables.ts";

/**
 * Looks at what is kept in a database, at one moment and without changing it, whether a server runs on it or not; undefined when there
 * is nothing. Throws StoreRefusal where it cannot be reached, or is damaged.
 */
export async function lookIntoDatabase<T>(url: string, look: (kept: KeptState) => T): Promise<T | undefined> {
  const connection = await Connection.open({ url, durability: "process" }).catch((cause: unknown) => {
    throw unusable(url, cause);
  });
  try {
    return await lookBy(connection, url, look);
  } catch (cause) {
    throw unusable(url, cause);
  } finally {
    await connection.close();
  }
}

async function lookBy<T>(connection: Connection, url: string, look: (kept: KeptState) => T): Promise<T | undefined> {
  await connection.run({ text: BEGIN_LOOK });
  const { rows: found } = await connection.run<{ readonly isThere: boolean }>({ text: FIND });
  if (found[0]?.isThere !== true) return undefined;
  const facts = await factsOf(connection);
  if (facts.format > FORMAT) throw newer(url, facts.format);
  const rows = await KeptRows.fetch(connection, facts, (how) => {
    throw damaged(url, how);
  });
  const { rows: measured } = await connection.run<{ readonly bytes: string }>({ text: BATCH_BYTES });
  const bytes = Number(facts.base_bytes) + Number(measured[0]?.bytes);
  return look({ format: facts.format, bytes, writtenAt: undefined, entries: () => rows.entries() });
}
