import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joined, type Taken } from "../../src/kernel/collection/taken.ts";
import type { Entry, LoggedEntry } from "../../src/kernel/event/event-log.ts";
import { EventLogs } from "../../src/kernel/event/event-logs.ts";
import { type Ids, seededIds } from "../../src/kernel/ids.ts";
import type { Clock } from "../../src/kernel/time/clock.ts";
import { ControlledClock } from "../../src/kernel/time/controlled-clock.ts";
import { nextTurn } from "../../src/kernel/time/system-clock.ts";
import { throughJson } from "../support/through-json.ts";

const LIVES_PER_TURN = 50;
const START = 1_700_000_000_000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What an engine is built with. */
export interface ReplayDeps {
  /** The clock of every account. Only the suite moves it. */
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logs: EventLogs;
}

/** An engine as the suite knows it. `Engine` is whatever holds one: its directory, as a rule. */
export interface ReplayedEngine<Engine, Command> {
  readonly name: string;
  /** One command. The passing of time and questions need none: the suite puts them in between. */
  readonly commands: fc.Arbitrary<Command>;
  /** How far a step of time goes, in milliseconds; a few related durations from 0 to an hour unless given. */
  readonly durationsMs?: fc.Arbitrary<number>;
  /** An engine in which nothing has happened. */
  start(deps: ReplayDeps): Engine;
  /**
   * Has the engine do it, and says what it answered, as data; a command may throw instead. `answers` is all that was
   * answered so far, to choose receipts, tokens and ids from, and for as many different names as there are answers.
   */
  run(engine: Engine, command: Command, answers: readonly unknown[]): unknown;
  /** Rebuilds what an entry of the log, back from JSON, says. Asks neither for the time nor for ids, and appends nothing. */
  replay(engine: Engine, entry: Entry): void;
  /** The entries that build an engine as this one is now, however it became so; read to the end at once. */
  entries(engine: Engine): Iterable<Entry>;
  /** The same, where the engine gives them in pieces that may be read at any time once they were taken. */
  taken?(engine: Engine): Iterable<Taken<Entry>>;
  /** Everything the engine shows of itself, as data. Changes nothing. */
  observe(engine: Engine): unknown;
  /** Answers whoever waits: to wait is not state. */
  dismiss?(engine: Engine): void;
  /** Has what runs by itself go on, now that all entries are replayed. */
  resume?(engine: Engine): void;
}

export interface ReplayOptions<Command> {
  /** How many lives are lived, unless REPLAY_RUNS says it. */
  readonly runs?: number;
  /** Of how many steps, at most, each of its two halves consists. */
  readonly maxSteps?: number;
  /** Lives to live before any other, each with its past and its future: those that went wrong once. */
  readonly examples?: [Step<Command>[], Step<Command>[]][];
}

export type Step<Command> =
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "pass"; readonly ms: number }
  | { readonly kind: "look" };

/**
 * Registers the tests that every engine has to pass. An engine lives through random commands; its entries, by way of
 * JSON, build another one from scratch, and so do the entries it writes of its present state. They all have to be equal
 * and to go on answering and appending the same. An engine to whose log nobody listens has to answer the same all along.
 */
export function registerReplaySuite<Engine, Command>(
  engine: ReplayedEngine<Engine, Command>,
  { runs = 100, maxSteps = 60, examples = [] }: ReplayOptions<Command> = {},
): void {
  const { REPLAY_SEED } = process.env;
  const named = REPLAY_SEED === undefined ? {} : { seed: Number(REPLAY_SEED) };
  const steps = fc.array(stepOf(engine), { minLength: 1, maxLength: maxSteps, size: "max" });
  describe(`the entries of ${engine.name}`, () => {
    test("rebuild an engine with the same state and the same future", async () => {
      let lived = 0;
      await fc.assert(
        fc.asyncProperty(steps, steps, async (past, future) => {
          // What is held weakly is kept to the end of the turn in which it was made.
          if (++lived % LIVES_PER_TURN === 0) await nextTurn();
          const [original, unheard] = [new Life(engine, { isHeard: true }), new Life(engine, { isHeard: false })];
          const answers: unknown[] = [];
          for (const step of past) {
            const answer = original.take(step, answers);
            expectSame(unheard.take(step, answers), answer);
            if (step.kind === "command") answers.push(answer);
          }
          const replicas = [original.rebuilt(), original.restored()];
          const lives = [original, unheard, ...replicas];
          for (const life of lives) life.beginFuture();
          const expected = original.observation;
          for (const life of [unheard, ...replicas]) expectSame(life.observation, expected);
          const { written, taken } = original;
          const toldLater = taken?.[Symbol.iterator]();
          const told: Entry[] = [];
          for (const replica of replicas) expectSame(replica.written, written);
          for (const step of future) {
            const [answer, ...others] = lives.map((life) => life.take(step, answers));
            for (const other of others) expectSame(other, answer);
            if (step.kind === "command") answers.push(answer);
            for (const next of [toldLater?.next(), toldLater?.next()]) if (next?.done === false) told.push(next.value);
          }
          for (const replica of replicas) expectSame(replica.appendsSince, original.appendsSince);
          if (taken === undefined || toldLater === undefined) return;
          for (let next = toldLater.next(); !next.done; next = toldLater.next()) told.push(next.value);
          expectSame(throughJson(told), written);
          expectSame(throughJson([...taken]), written);
          taken.end();
        }),
        { ...named, numRuns: Number(process.env.REPLAY_RUNS ?? runs) + examples.length, examples },
      );
    });
  });
}

function stepOf<Command>(engine: {
  readonly commands: fc.Arbitrary<Command>;
  readonly durationsMs?: fc.Arbitrary<number>;
}): fc.Arbitrary<Step<Command>> {
  const {
    commands,
    durationsMs = fc.constantFrom(0, 1, 999, SECOND, SECOND + 1, 5 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, HOUR),
  } = engine;
  return fc.oneof(
    { weight: 12, arbitrary: fc.record({ kind: fc.constant("command" as const), command: commands }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: durationsMs }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("look" as const) }) },
  );
}

/** An engine with a clock, ids and logs of its own. */
class Life<Engine, Command> {
  readonly #adapter: ReplayedEngine<Engine, Command>;
  readonly #clock = new ControlledClock({ now: () => START, at: () => () => {} });
  readonly #engine: Engine;
  /** One item for each append. */
  readonly #appends: (readonly LoggedEntry[])[] = [];
  #ids = seededIds("past");
  #isReplaying = false;
  #since = 0;

  constructor(adapter: ReplayedEngine<Engine, Command>, { isHeard }: { readonly isHeard: boolean }) {
    this.#adapter = adapter;
    this.#clock.freeze();
    const logs = new EventLogs();
    if (isHeard) logs.listen((_, entries) => this.#hear(entries));
    this.#engine = adapter.start({ clock: this.#live(this.#clock), ids: this.#drawn, logs });
  }

  take(step: Step<Command>, answers: readonly unknown[]): unknown {
    switch (step.kind) {
      case "pass":
        return this.#clock.advance(step.ms);
      case "look":
        return this.observation;
      case "command":
        return this.#answerTo(step.command, answers);
    }
  }

  get observation(): unknown {
    return this.#adapter.observe(this.#engine);
  }

  /** Another engine, built from the entries of this one and at the same time of day. */
  rebuilt(): Life<Engine, Command> {
    return this.#replica(this.#appends.flat());
  }

  /** Another engine, built from what this one writes of its present state. */
  restored(): Life<Engine, Command> {
    return this.#replica(this.written);
  }

  /** What it writes of its present state. */
  get written(): readonly Entry[] {
    return throughJson([...this.#adapter.entries(this.#engine)]);
  }

  /** The same, to be read whenever one likes. */
  get taken(): Taken<Entry> | undefined {
    const taken = this.#adapter.taken?.(this.#engine);
    return taken && joined([...taken]);
  }

  #replica(entries: readonly Entry[]): Life<Engine, Command> {
    const replica = new Life(this.#adapter, { isHeard: true });
    replica.#isReplaying = true;
    for (const entry of entries) this.#adapter.replay(replica.#engine, entry);
    assert.equal(replica.#appends.length, 0, "a replay appended something");
    replica.#clock.advance(this.#clock.now() - START);
    replica.#isReplaying = false;
    this.#adapter.resume?.(replica.#engine);
    return replica;
  }

  /** Nobody waits any more, and from here on all draw the same ids, and are compared by what they append. */
  beginFuture(): void {
    this.#adapter.dismiss?.(this.#engine);
    this.#ids = seededIds("future");
    this.#since = this.#appends.length;
  }

  /** What was appended since the future began. Where the entries stand in the log is the log's matter. */
  get appendsSince(): unknown {
    return this.#appends
      .slice(this.#since)
      .map((entries) => entries.map(({ resource, event }) => ({ resource, event })));
  }

  #answerTo(command: Command, answers: readonly unknown[]): unknown {
    try {
      return this.#adapter.run(this.#engine, command, answers);
    } catch (cause) {
      return { thrown: String(cause) };
    }
  }

  #hear(entries: readonly LoggedEntry[]): void {
    for (const { event } of entries) assert.equal(event.at, this.#clock.now(), `${event.type} says another time`);
    this.#appends.push(throughJson(entries));
  }

  get #drawn(): Ids {
    return {
      uuid: () => this.#present(this.#ids).uuid(),
      bytes: (length) => this.#present(this.#ids).bytes(length),
    };
  }

  #live(clock: Clock): Clock {
    return { now: () => this.#present(clock).now(), at: (instant, task) => this.#present(clock).at(instant, task) };
  }

  /** Clock and ids are out of reach of whoever replays. */
  #present<T>(it: T): T {
    assert(!this.#isReplaying, "a replay asked for the time or for an id");
    return it;
  }
}

/** Fails unless both are the same. Asks `expect` only for its words: it takes its time, and this runs very often. */
function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}
