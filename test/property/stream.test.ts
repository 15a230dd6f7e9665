import fc from "fast-check";
import { expect, test } from "vitest";
import type { Stream } from "../../src/engine/stream/stream.ts";
import { NaiveStream } from "../support/naive-stream.ts";
import { aStream, HOUR, put, read, SECOND, textsOf } from "../support/stream.ts";

/** Fractions choose among whatever there is when the command comes. */
const command = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("put" as const), key: fc.constantFrom(..."abcdefgh1234") }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("split" as const),
      which: fc.nat(99),
      percent: fc.integer({ min: 1, max: 99 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("merge" as const), which: fc.nat(99) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("advance" as const),
      ms: fc.oneof(fc.nat(3 * SECOND), fc.nat(30 * HOUR)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("retain" as const), hours: fc.integer({ min: 24, max: 72 }) }),
  },
);

type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

interface Pair {
  readonly stream: Stream;
  readonly naive: NaiveStream;
  advance(ms: number): void;
}

function run({ stream, naive, advance }: Pair, command: Command, number: number): void {
  const { open } = naive;
  switch (command.type) {
    case "put":
      put(stream, [`record ${number}`], { partitionKey: command.key });
      return naive.put(`record ${number}`, command.key);
    case "split": {
      const index = open[command.which % open.length]!;
      const { start, end } = naive.shards[index]!;
      const key = start + ((end - start) * BigInt(command.percent)) / 100n;
      return stream.shards.split(index, key) === "splitting" ? naive.split(index, key) : undefined;
    }
    case "merge": {
      const place = command.which % open.length;
      const [lower, upper] = [open[place]!, open[place + 1]];
      if (upper === undefined) return;
      expect(stream.shards.merge(lower, upper)).toBe("merging");
      return naive.merge(lower, upper);
    }
    case "advance":
      advance(command.ms);
      return naive.advance(command.ms);
    case "retain": {
      const retentionMs = command.hours * HOUR;
      const isLonger = retentionMs >= stream.configuration.settings.retentionMs;
      if (isLonger) stream.configuration.increaseRetention(retentionMs);
      else stream.configuration.decreaseRetention(retentionMs);
      return naive.retain(retentionMs);
    }
  }
}

test("a stream holds what a naive one holds, whatever is done to it", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 80 }), (commands) => {
      const { stream, clock } = aStream();
      const naive = new NaiveStream();
      for (const [number, each] of commands.entries()) {
        run({ stream, naive, advance: (ms) => clock.advance(ms) }, each, number);
        for (const [index, expected] of naive.shards.entries()) {
          const shard = stream.shards.find(index);
          expect(shard === undefined).toBe(expected === undefined);
          if (shard === undefined || expected === undefined) continue;
          expect(textsOf(read(stream, 0, { index }).records)).toEqual(expected.records.map(({ text }) => text));
          expect(shard.log.count).toBe(expected.records.length);
        }
      }
    }),
  );
});

test("sequence numbers of a shard rise, and every record is found from its own on", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const { stream, clock } = aStream();
      const naive = new NaiveStream();
      for (const [number, each] of commands.entries()) {
        run({ stream, naive, advance: (ms) => clock.advance(ms) }, each, number);
      }
      for (const shard of stream.shards.list()) {
        const numbers = read(stream, 0, { index: shard.index }).records.map(({ sequenceNumber }) => sequenceNumber);
        const bounds = [shard.startingSequenceNumber, ...numbers, shard.endingSequenceNumber ?? String(2n ** 186n)];
        expect(bounds.every((bound, place) => place === 0 || BigInt(bounds[place - 1]!) < BigInt(bound))).toBe(true);
        for (const [place, sequenceNumber] of numbers.entries()) {
          const at = stream.position(shard, { type: "AT_SEQUENCE_NUMBER", sequenceNumber });
          const after = stream.position(shard, { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber });
          if (at.outcome !== "found" || after.outcome !== "found") throw new Error("a record's number has no position");
          const first = read(stream, at.position, { index: shard.index, max: 1 }).records[0];
          const next = read(stream, after.position, { index: shard.index, max: 1 }).records[0];
          expect([first?.sequenceNumber, next?.sequenceNumber]).toEqual([sequenceNumber, numbers[place + 1]]);
        }
      }
    }),
    { numRuns: 50 },
  );
});
