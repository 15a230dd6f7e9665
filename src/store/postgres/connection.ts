import type { Clock } from "../../kernel/time/clock.ts";
import { SystemClock } from "../../kernel/time/system-clock.ts";
import type { Durability } from "../store.ts";
import { newClient, type PgClient, type PgQuery, type PgResult } from "./pg.ts";
import { READ_ONLY } from "./reasons.ts";

/** A server that has not taken a connection by then is not there. */
const CONNECT_MS = 5_000;
/** A server that has not answered by then is given up, and what was asked may have been done or not. */
const ANSWER_MS = 15_000;
/** A server that has not taken leave by then does not hear us any more. */
const LEAVE_MS = 1_000;
/** A connection on which nothing comes is tried so often by the operating system. */
const KEEP_ALIVE_MS = 1_000;

/**
 * What a connection is told first. The server gives up a client whose machine is gone within four seconds: what that one has
 * locked is free then. An answer that waits for the disk is only slower; a setting that waits for more than that is left.
 */
const SETUP: Readonly<Record<Durability, string>> = {
  process: "SET synchronous_commit = off",
  full: `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')`,
};
const WATCH = `SET tcp_keepalives_idle = 1; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 4000`;

/** Where a database is and how its commits are kept. */
export interface Database {
  readonly url: string;
  readonly durability: Durability;
  /** The machine's unless given. */
  readonly clock?: Clock;
  /** For how long the database hears nothing of who serves before that one is taken for gone; three and a half seconds unless given. */
  readonly silentMs?: number;
}

/** One connection to a database, until it is lost. */
export class Connection {
  readonly clock: Clock;
  readonly #client: PgClient;
  /** How many questions have no answer yet. */
  #asking = 0;
  /** Resolves with the last of them; pg is to be asked one thing at a time. */
  #last: Promise<void> = Promise.resolve();
  #answeredOf = Number.NEGATIVE_INFINITY;
  #loss: Error | undefined;
  #heard: ((loss: Error) => void) | undefined;

  private constructor(client: PgClient, clock: Clock) {
    this.#client = client;
    this.clock = clock;
    client.on("error", (cause) => this.lose(cause));
  }

  /** Rejects with pg's or Node's error, none of which has the password in it. */
  static async open({ url, durability, clock = new SystemClock() }: Database): Promise<Connection> {
    const client = newClient({
      connectionString: url,
      application_name: "waystation",
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    });
    const connection = new Connection(client, clock);
    try {
      await connection.#client.connect();
      await connection.run({ text: WATCH });
      await connection.run({ text: SETUP[durability] });
      return connection;
    } catch (cause) {
      await connection.close();
      throw cause;
    }
  }

  get isLost(): boolean {
    return this.#loss !== undefined;
  }

  /** Whether the server owes no answer. */
  get isIdle(): boolean {
    return this.#asking === 0;
  }

  /** When the latest question was asked that was answered: the server has heard of us since. */
  get answeredOf(): number {
    return this.#answeredOf;
  }

  /** By which the server knows the connection. */
  get processId(): number {
    return this.#client.processID ?? 0;
  }

  /** Has that one hear when the connection is lost; at once where it is already. */
  whenLost(heard: (loss: Error) => void): void {
    this.#heard = heard;
    if (this.#loss !== undefined) heard(this.#loss);
  }

  /** Rejects when the server refuses that, or is not there any more: then the connection is lost, and it may have been done. */
  async run<Row>(query: PgQuery): Promise<PgResult<Row>> {
    const before = this.#last;
    let over: () => void = () => {};
    this.#last = new Promise((resolve) => {
      over = resolve;
    });
    this.#asking++;
    await before;
    try {
      if (this.#loss !== undefined) throw this.#loss;
      const askedAt = this.clock.now();
      const result = (await this.#client.query(query)) as PgResult<Row>;
      this.#answeredOf = Math.max(this.#answeredOf, askedAt);
      return result;
    } catch (cause) {
      if (isRefusal(cause)) throw cause;
      this.lose(cause as Error);
      throw this.#loss ?? cause;
    } finally {
      this.#asking--;
      over();
    }
  }

  /** The same where a refusal is an answer as well: whether there was none. */
  async accepts(query: PgQuery): Promise<boolean> {
    try {
      await this.run(query);
      return true;
    } catch (cause) {
      if (isRefusal(cause)) return false;
      throw cause;
    }
  }

  /** Lets go of everything that it has locked, as soon as the server hears of it. */
  async close(): Promise<void> {
    this.#heard = undefined;
    this.#loss ??= new Error("the connection is closed");
    const giveUp = this.clock.at(this.clock.now() + LEAVE_MS, () => this.#hangUp());
    await this.#client.end().catch(() => {}); // it is gone, which is what was wanted
    giveUp();
  }

  /** Gives it up without a word, since the server does not hear us. */
  lose(cause: Error): void {
    if (this.#loss !== undefined) return;
    this.#loss = cause;
    this.#client.end().catch(() => {}); // it is gone already
    this.#hangUp();
    this.#heard?.(cause);
  }

  #hangUp(): void {
    this.#client.connection.stream.destroy();
  }
}

/** Whether the server said no, and goes on with the connection. One that can only be read is not the one that was asked for any more. */
function isRefusal(cause: unknown): boolean {
  const { severity, code } = cause as { readonly severity?: string; readonly code?: string };
  return severity === "ERROR" && code !== READ_ONLY;
}
