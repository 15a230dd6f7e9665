/** What tables are written in. A higher number is refused. */
export const FORMAT = 1;

/** Whoever has that lock of a database is the one that serves. */
const LOCK = 7_311_146_987; // any number that others are unlikely to have chosen

export const TRY_LOCK = `SELECT pg_try_advisory_lock(${LOCK}) AS "isMine"`;

/** Waits for the lock for as long as a connection takes that was just ended. */
export const WAIT_LOCK = `SET LOCAL lock_timeout = 1000; SELECT pg_advisory_lock(${LOCK})`;

/** Asks for nothing but an answer. */
export const BEAT = "SELECT 1";

/** What the one that serves is called in `pg_stat_activity`: while it loads, it may say nothing for as long as that takes. */
export const SET_LOADING = "SET application_name = 'waystation loading'";
export const SET_SERVING = "SET application_name = 'waystation'";

/**
 * Ends the connection that has the lock where the server has been waiting for its next word for so many milliseconds, by its own
 * clock, or where it is the one of that process. Whose it is can only be seen by who is the same user, who may end it as well.
 */
export const OUST = `
  SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity AS session USING (pid)
  WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND classid::bigint << 32 | objid::bigint = ${LOCK}
    AND pg_locks.database = session.datid AND session.datname = current_database()
    AND (pid = $2 OR wait_event = 'ClientRead' AND application_name <> 'waystation loading'
      AND state_change < clock_timestamp() - $1 * interval '1 millisecond')`;

/** Whether there are tables, whatever is in them. */
export const FIND = `SELECT to_regclass('waystation.facts') IS NOT NULL AS "isThere"`;

/**
 * Made in one transaction. A batch of several parts is there once its part 0 is, which is written last and says how many they
 * are. A row holds a piece of a text, and says whether that ends with it. Of bases there may be two, of which the facts name the one that counts.
 */
export const MAKE = `
  CREATE SCHEMA IF NOT EXISTS waystation;
  CREATE TABLE waystation.facts (
    format integer NOT NULL, epoch bigint NOT NULL, first_batch bigint NOT NULL,
    base bigint NOT NULL, chunks integer NOT NULL, base_bytes bigint NOT NULL, base_at text NOT NULL);
  CREATE TABLE waystation.batch (
    number bigint NOT NULL, part integer NOT NULL, parts integer NOT NULL, bytes bytea NOT NULL, ends boolean NOT NULL,
    PRIMARY KEY (number, part));
  CREATE TABLE waystation.base (
    base bigint NOT NULL, chunk integer NOT NULL, bytes bytea NOT NULL, ends boolean NOT NULL, PRIMARY KEY (base, chunk));
  INSERT INTO waystation.facts VALUES (${FORMAT}, 0, 1, 0, 0, 0, '{}')`;

/** What the database says of itself, as PostgreSQL tells it. */
export interface FactsRow {
  readonly format: number;
  readonly epoch: string;
  readonly first_batch: string;
  readonly base: string;
  readonly chunks: number;
  readonly base_bytes: string;
  readonly base_at: string;
}

export const FACTS = "SELECT * FROM waystation.facts";

/** Has all that is asked be of one moment, and nothing be changed. */
export const BEGIN_LOOK = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/** How many bytes there are beside the base. */
export const BATCH_BYTES = "SELECT coalesce(sum(octet_length(bytes)), 0) AS bytes FROM waystation.batch";

/** The last batch that is kept whole. */
export const LAST_BATCH = `
  SELECT greatest((SELECT max(number) FROM waystation.batch WHERE part = 0), (SELECT first_batch - 1 FROM waystation.facts)) AS last`;

/** Has everybody else's writes come to nothing from here on; waits for those under way, which are seen after it. */
export const TAKE_OVER = "UPDATE waystation.facts SET epoch = epoch + 1 RETURNING epoch";

/** Nothing, and one row less, unless the epoch is the one of who asks: nobody has taken over, nor does before this is committed. */
const MINE = "WITH mine AS (SELECT 1 FROM waystation.facts WHERE epoch = $1 FOR SHARE)";

export const PUT_BATCH = `${MINE}
  INSERT INTO waystation.batch (number, part, parts, bytes, ends)
  SELECT $2::bigint, $3::integer, $4::integer, $5::bytea, $6::boolean FROM mine
  ON CONFLICT (number, part) DO UPDATE SET parts = excluded.parts, bytes = excluded.bytes, ends = excluded.ends`;

export const PUT_CHUNK = `${MINE}
  INSERT INTO waystation.base (base, chunk, bytes, ends) SELECT $2::bigint, $3::integer, $4::bytea, $5::boolean FROM mine
  ON CONFLICT (base, chunk) DO UPDATE SET bytes = excluded.bytes, ends = excluded.ends`;

/** Has another base count, and the batches from one on. */
export const PUT_BASE = `
  UPDATE waystation.facts SET base = $2, first_batch = $3, chunks = $4, base_bytes = $5, base_at = $6 WHERE epoch = $1`;

/** Bases that do not count. */
export const DELETE_BASES = `${MINE}
  DELETE FROM waystation.base WHERE base <> (SELECT base FROM waystation.facts) AND EXISTS (SELECT FROM mine)`;

/** Some of the batches that do not count any more. */
export const DELETE_BATCHES = `
  DELETE FROM waystation.batch WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM waystation.batch WHERE number < (SELECT first_batch FROM waystation.facts) ORDER BY number LIMIT 2000))`;

export const GET_CHUNKS = `
  SELECT chunk, bytes, ends FROM waystation.base WHERE base = $1 AND chunk >= $2 ORDER BY chunk LIMIT 60`;

/** Of up to 2,000 those that are 4 MB together, or one that is more, so that each answer comes soon. */
export const GET_BATCHES = `
  WITH following AS (
    SELECT * FROM waystation.batch WHERE (number, part) > ($1::bigint, $2::integer) ORDER BY number, part LIMIT 2000),
  measured AS (
    SELECT *, sum(octet_length(bytes)) OVER (ORDER BY number, part) - octet_length(bytes) AS before FROM following)
  SELECT number, part, parts, bytes, ends FROM measured WHERE before < 4000000 ORDER BY number, part`;
