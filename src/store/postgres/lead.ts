import { StoreRefusal } from "../store.ts";
import { Connection, type Database } from "./connection.ts";
import { SILENT_MS } from "./pulse.ts";
import { heldBySomeone, newer, superseded, unusable } from "./refusals.ts";
import {
  FACTS,
  type FactsRow,
  FIND,
  FORMAT,
  LAST_BATCH,
  MAKE,
  OUST,
  TAKE_OVER,
  TRY_LOCK,
  WAIT_LOCK,
} from "./tables.ts";

/** What one does who finds that another one serves. */
export interface StandingBy {
  /** It begins. */
  begin(): Promise<void>;
  /** Resolves when it is time to look once more. Rejects when there is no need to any more. */
  pause(): Promise<void>;
}

/** Being the one that serves, which nobody else is as long as the connection lasts. */
export interface Lead {
  readonly connection: Connection;
  /** Goes up with each who takes over. */
  readonly epoch: string;
  readonly lastBatch: number;
}

/**
 * Becomes the one that serves, once nobody else is: what others wrote is seen by then, and they can write no more. Throws StoreRefusal
 * where the database cannot be used; whoever stands by waits for one that is away.
 */
export async function takeLead(database: Database, standingBy: StandingBy): Promise<Lead> {
  const attempt: Attempt = { lead: (connection) => takeOver(connection, database) };
  let lead = await tryToLead(database, attempt);
  if (lead === undefined) await standingBy.begin();
  while (lead === undefined) {
    await standingBy.pause();
    lead = await tryToLead(database, attempt).catch((cause: unknown) => {
      if (cause instanceof Away) return undefined;
      throw cause;
    });
  }
  return lead;
}

/**
 * The same with another connection, where the one there was is lost, which the database may not have noticed. Throws Superseded when
 * somebody took over in between.
 */
export async function leadAgain(database: Database, { connection: lost, epoch, lastBatch }: Lead): Promise<Lead> {
  const check = async (connection: Connection): Promise<void> => {
    if ((await factsOf(connection)).epoch !== epoch) throw superseded(database.url);
  };
  const lead = async (connection: Connection): Promise<Lead> => {
    await check(connection);
    const found = await lastBatchIn(connection);
    // One more is the batch of which nobody knows yet that it was kept.
    if (found === lastBatch || found === lastBatch + 1) return { connection, epoch, lastBatch };
    throw new Error(
      `the database lost batches from ${found + 1} on, as in a crash; started again, this server goes on with what it has`,
    );
  };
  const led = await tryToLead(database, { lead, lost: lost.processId, beforeOusting: check });
  if (led === undefined) throw heldBySomeone(database.url);
  return led;
}

/** What is in the row in which a database says what it is. Throws StoreRefusal when a newer version wrote that. */
export async function factsOf(connection: Connection): Promise<FactsRow> {
  const { rows } = await connection.run<FactsRow>({ text: FACTS });
  const [facts] = rows;
  if (facts === undefined) throw new Error("it does not say what it is");
  return facts;
}

/** There was no connection, or it was lost: another time it may be there. */
class Away extends StoreRefusal {}

interface Attempt {
  /** What is done by a connection that has the lock. */
  readonly lead: (connection: Connection) => Promise<Lead>;
  /** The process of a connection of our own that may have the lock. */
  readonly lost?: number;
  readonly beforeOusting?: (connection: Connection) => Promise<void>;
}

/** Undefined while somebody else is the one that serves. */
async function tryToLead(database: Database, attempt: Attempt): Promise<Lead | undefined> {
  const connection = await Connection.open(database).catch((cause: unknown) => {
    throw new Away(unusable(database.url, cause).message, { cause });
  });
  try {
    if (await hasLock(connection, attempt, database.silentMs)) return await attempt.lead(connection);
  } catch (cause) {
    const isAway = connection.isLost;
    await connection.close();
    throw isAway ? new Away(unusable(database.url, cause).message, { cause }) : cause;
  }
  await connection.close();
  return undefined;
}

/** Takes the lock where it is free, or where whoever has it is not heard of any more. */
async function hasLock(
  connection: Connection,
  { lost = 0, beforeOusting }: Attempt,
  silentMs = SILENT_MS,
): Promise<boolean> {
  const { rows } = await connection.run<{ readonly isMine: boolean }>({ text: TRY_LOCK });
  if (rows[0]?.isMine === true) return true;
  await beforeOusting?.(connection);
  const ousted = await connection.run({ text: OUST, values: [silentMs, lost] });
  return ousted.rows.length > 0 && (await connection.accepts({ text: WAIT_LOCK }));
}

async function takeOver(connection: Connection, { url }: Database): Promise<Lead> {
  try {
    const { rows } = await connection.run<{ readonly isThere: boolean }>({ text: FIND });
    if (rows[0]?.isThere !== true) await connection.run({ text: MAKE });
    const { format } = await factsOf(connection);
    if (format > FORMAT) throw newer(url, format);
    const {
      rows: [taken],
    } = await connection.run<{ readonly epoch: string }>({ text: TAKE_OVER });
    return { connection, epoch: taken?.epoch ?? "", lastBatch: await lastBatchIn(connection) };
  } catch (cause) {
    throw unusable(url, cause);
  }
}

async function lastBatchIn(connection: Connection): Promise<number> {
  const { rows } = await connection.run<{ readonly last: string }>({ text: LAST_BATCH });
  return Number(rows[0]?.last);
}
