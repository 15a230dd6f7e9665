import { StoreRefusal } from "../store.ts";
import { Connection, type Database } from "./connection.ts";
import { newer, superseded, unusable } from "./refusals.ts";
import { FACTS, type FactsRow, FIND, FORMAT, LAST_BATCH, MAKE, TAKE_OVER, TRY_LOCK } from "./tables.ts";

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
  let lead = await tryToLead(database, takeOver);
  if (lead === undefined) await standingBy.begin();
  while (lead === undefined) {
    await standingBy.pause();
    lead = await tryToLead(database, takeOver).catch((cause: unknown) => {
      if (cause instanceof Away) return undefined;
      throw cause;
    });
  }
  return lead;
}

/** The same with another connection, where the one there was is lost. Rejects when somebody took over in between. */
export async function leadAgain(database: Database, { epoch, lastBatch }: Omit<Lead, "connection">): Promise<Lead> {
  const lead = await tryToLead(database, async (connection) => {
    const facts = await factsOf(connection);
    if (facts.epoch !== epoch) throw superseded(database.url);
    const found = await lastBatchIn(connection);
    // One more is the batch of which nobody knows yet that it was kept.
    if (found === lastBatch || found === lastBatch + 1) return { connection, epoch, lastBatch };
    throw new Error(
      `the database lost batches from ${found + 1} on, as in a crash; started again, this server goes on with what it has`,
    );
  });
  if (lead === undefined) throw superseded(database.url);
  return lead;
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

/** Undefined while somebody else is the one that serves. */
async function tryToLead(
  database: Database,
  lead: (connection: Connection, database: Database) => Promise<Lead>,
): Promise<Lead | undefined> {
  const connection = await Connection.open(database).catch((cause: unknown) => {
    throw new Away(unusable(database.url, cause).message, { cause });
  });
  try {
    const { rows } = await connection.run<{ readonly isMine: boolean }>({ text: TRY_LOCK });
    if (rows[0]?.isMine === true) return await lead(connection, database);
  } catch (cause) {
    const isAway = connection.isLost;
    await connection.close();
    throw isAway ? new Away(unusable(database.url, cause).message, { cause }) : cause;
  }
  await connection.close();
  return undefined;
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
