import { nextTurn } from "../../kernel/time/system-clock.ts";
import type { Connection } from "./connection.ts";
import { BEAT } from "./tables.ts";

/** So often the database hears of the one that serves, whether there is anything to keep or not. */
const BEAT_MS = 1_000;
/** A database that has not answered a beat by then is out of reach. */
const BEAT_ANSWER_MS = 3_000;
/** Who stands by takes over from one of which the database has not heard for so long. */
export const SILENT_MS = 3_500;
/**
 * So long after a question was asked that the database answered, nobody can have taken over: it has heard of us since. The rest
 * up to `SILENT_MS` is for clocks that do not run alike.
 */
const SURE_MS = 3_000;

/** One that is not answered yet. */
interface Beat {
  readonly askedAt: number;
  readonly answered: Promise<unknown>;
}

/** Has a database hear of the one that serves, by the connection that holds the lock, and tells whether it still does. */
export class Pulse {
  readonly #connection: Connection;
  #beating: Beat | undefined;
  #cancel: () => void = () => {};

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#next();
  }

  /**
   * Undefined when nobody can have taken over, or a promise of that: a database that answers now has its lock held by us. Rejects
   * when it does not.
   */
  sure(): Promise<void> | undefined {
    return this.#isSure ? undefined : this.#becomeSure();
  }

  stop(): void {
    this.#cancel();
  }

  get #isSure(): boolean {
    const { clock, answeredOf } = this.#connection;
    return clock.now() - answeredOf < SURE_MS;
  }

  async #becomeSure(): Promise<void> {
    await this.#beating?.answered;
    if (!this.#isSure) await (this.#beating?.answered ?? this.#beat());
  }

  #next(): void {
    const { clock } = this.#connection;
    this.#cancel = clock.at(clock.now() + BEAT_MS, () => {
      const connection = this.#connection;
      if (connection.isLost) return;
      if (this.#beating !== undefined) void this.#giveUpWhenLate(this.#beating);
      else if (connection.isIdle) this.#beat().catch(() => {}); // the connection tells of its loss
      this.#next();
    });
  }

  /** An answer that came while this process was busy is heard before that. */
  async #giveUpWhenLate(beat: Beat): Promise<void> {
    if (this.#connection.clock.now() - beat.askedAt < BEAT_ANSWER_MS) return;
    await nextTurn();
    if (this.#beating !== beat) return;
    this.#connection.lose(new Error(`the database has not answered for ${BEAT_ANSWER_MS / 1_000} seconds`));
  }

  #beat(): Promise<unknown> {
    const answered = this.#connection.run({ text: BEAT }).finally(() => {
      this.#beating = undefined;
    });
    this.#beating = { askedAt: this.#connection.clock.now(), answered };
    return answered;
  }
}
