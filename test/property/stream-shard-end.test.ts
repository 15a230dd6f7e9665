import { setMaxListeners } from "node:events";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Shard } from "../../src/engine/stream/shard/shard.ts";
import type { Stream } from "../../src/engine/stream/stream.ts";
import { aStream, position, put, read, SECOND, subscribe, textsOf, thisTurn } from "../support/stream.ts";
import { KEYS, shardSteps } from "./shard-steps.ts";

const command = fc.oneof(...shardSteps(40 * SECOND));

type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

/** Reshards are refused while one is under way; that is part of the game. */
function run(stream: Stream, command: Command, advance: (ms: number) => void): void {
  const open = [...stream.shards.list({ filter: { type: "AT_LATEST" } })].sort((a, b) =>
    a.range.start < b.range.start ? -1 : 1,
  );
  switch (command.type) {
    case "put":
      return;
    case "split": {
      const { index, range } = open[command.which % open.length]!;
      stream.shards.split(index, range.start + ((range.end - range.start) * BigInt(command.percent)) / 100n);
      return;
    }
    case "merge": {
      const place = command.which % open.length;
      if (place + 1 < open.length) stream.shards.merge(open[place]!.index, open[place + 1]!.index);
      return;
    }
    case "rescale":
      stream.shards.rescale(Math.max(1, Math.round((open.length * command.percent) / 100)));
      return;
    case "advance":
      return advance(command.ms);
  }
}

/** What was put: for each key its records in order. */
class Ledger {
  readonly byKey = new Map<string, string[]>(KEYS.map((key) => [key, []]));
  #count = 0;

  put(stream: Stream, key: string): void {
    const text = `${key} ${this.#count++}`;
    this.note(text);
    put(stream, [text], { partitionKey: key });
  }

  note(text: string): void {
    this.byKey.get(text.charAt(0))!.push(text);
  }
}

/** Shards in an order in which parents come before children, as a consumer works them off that starts at the oldest. */
function workOff(stream: Stream, max: number, heard: Ledger): void {
  const started = new Set<number>();
  const ended = new Set<string>();
  const waiting: Shard[] = [...stream.shards.list({ filter: { type: "AT_TRIM_HORIZON" } })];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (started.has(next.index) || !next.parentIds.every((id) => ended.has(id))) continue;
    started.add(next.index);
    for (let position = 0; ; ) {
      const batch = read(stream, position, { index: next.index, max });
      for (const text of textsOf(batch.records)) heard.note(text);
      if (batch.childShards !== undefined) {
        ended.add(next.id);
        waiting.push(...batch.childShards);
        break;
      }
      if (batch.behindMs === 0) break;
      position = batch.next;
    }
  }
}

for (const reshardingMs of [0, 30 * SECOND]) {
  test(`reading every shard to its end loses nothing, repeats nothing and keeps each key's order: resharding in ${reshardingMs} ms`, () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 100 }), fc.integer({ min: 1, max: 20 }), (commands, max) => {
        const { stream, clock } = aStream({ shardCount: 2 }, { durations: { reshardingMs } });
        const said = new Ledger();
        for (const each of commands) {
          run(stream, each, (ms) => clock.advance(ms));
          if (each.type === "put") said.put(stream, each.key);
        }
        const heard = new Ledger();
        workOff(stream, max, heard);
        expect(heard.byKey).toEqual(said.byKey);
      }),
    );
  });
}

/** A consumer that follows every shard on subscriptions, renews those that end, and goes on to children at shard end. */
class Follower {
  readonly heard = new Ledger();
  readonly #stream: Stream;
  readonly #signal: AbortSignal;
  readonly #started = new Set<number>();
  readonly #ended = new Set<string>();

  constructor(stream: Stream, signal: AbortSignal) {
    this.#stream = stream;
    this.#signal = signal;
  }

  async follow(next: Shard): Promise<void> {
    if (this.#started.has(next.index) || !next.parentIds.every((id) => this.#ended.has(id))) return;
    this.#started.add(next.index);
    let from = 0;
    while (!this.#signal.aborted) {
      for await (const event of subscribe(this.#stream, { index: next.index, from, signal: this.#signal })) {
        for (const text of textsOf(event.records)) this.heard.note(text);
        if (event.childShards !== undefined) return this.#goOn(next, event.childShards);
        const sequenceNumber = event.continuationSequenceNumber!;
        from = position(this.#stream, { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber }, next.index);
      }
    }
  }

  #goOn(shard: Shard, children: readonly Shard[]): void {
    this.#ended.add(shard.id);
    for (const child of children) void this.follow(child);
  }
}

for (const reshardingMs of [0, 30 * SECOND]) {
  test(`a subscriber hears every record once, in each key's order: resharding in ${reshardingMs} ms`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(command, fc.boolean()), { maxLength: 60 }), async (steps) => {
        const { stream, clock } = aStream({ shardCount: 2 }, { durations: { reshardingMs } });
        const said = new Ledger();
        const hangUp = new AbortController();
        setMaxListeners(0, hangUp.signal);
        const follower = new Follower(stream, hangUp.signal);
        for (const first of stream.shards.list()) void follower.follow(first);
        for (const [each, isAwaited] of steps) {
          run(stream, each, (ms) => clock.advance(ms));
          if (each.type === "put") said.put(stream, each.key);
          if (isAwaited) await thisTurn();
        }
        for (let depth = 0; depth < 2 * steps.length; depth++) await thisTurn();
        hangUp.abort();
        expect(follower.heard.byKey).toEqual(said.byKey);
        await thisTurn();
        expect(clock.pending).toBe(0);
      }),
    );
  });
}
