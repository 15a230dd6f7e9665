import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_HASH_KEY, routingKey, routingKeyOf } from "../../../../src/engine/stream/shard/hash-range.ts";
import { RoutingTable } from "../../../../src/engine/stream/shard/routing-table.ts";
import { Shard } from "../../../../src/engine/stream/shard/shard.ts";

/** Shards whose ranges begin at 0 and at each of those hash keys. */
function aTable(laterStarts: readonly bigint[]): RoutingTable {
  const starts = [0n, ...laterStarts];
  const ranges = starts.map((start, place) => ({ start, end: (starts[place + 1] ?? MAX_HASH_KEY + 1n) - 1n }));
  return new RoutingTable(ranges.map((range, index) => new Shard({ index, range, createdSecond: 0, parents: [] })));
}

const shardOf = (table: RoutingTable, hashKey: bigint): number => table.shardOf(routingKey(hashKey)).index;

test("with one shard every hash key is its own", () => {
  const table = aTable([]);
  expect([0n, 1n, MAX_HASH_KEY].map((key) => shardOf(table, key))).toEqual([0, 0, 0]);
});

test("a hash key belongs to the last shard that does not begin behind it", () => {
  const table = aTable([10n, 20n, MAX_HASH_KEY]);
  const keys = [0n, 9n, 10n, 19n, 20n, MAX_HASH_KEY - 1n, MAX_HASH_KEY];
  expect(keys.map((key) => shardOf(table, key))).toEqual([0, 0, 1, 1, 2, 2, 3]);
});

test("a partition key belongs where its hash does, be its range as narrow as can be", () => {
  const key = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: "binary", maxLength: 40 }), fc.constant("k"));
  const distances = fc.uniqueArray(fc.constantFrom(-(1n << 76n), -2n, -1n, 0n, 1n, 2n, 1n << 76n), { maxLength: 4 });
  fc.assert(
    fc.property(key, distances, (partitionKey, given) => {
      const hash = BigInt(`0x${routingKeyOf(partitionKey)}`);
      const starts = given.map((distance) => hash + distance).filter((start) => start > 0n && start <= MAX_HASH_KEY);
      const table = aTable(starts.sort((a, b) => (a < b ? -1 : 1)));
      expect(table.shardOfPartitionKey(partitionKey)).toBe(table.shardOf(routingKeyOf(partitionKey)));
    }),
    { numRuns: 500 },
  );
});

/** Hash keys that are alike but for a few low or high bits. */
const aHashKey = fc
  .tuple(fc.bigInt({ min: 0n, max: 3n }), fc.constantFrom(0n, 70n, 76n, 120n), fc.bigInt({ min: 0n, max: 3n }))
  .map(([high, shift, low]) => (high << 124n) + (low << shift));

test("it is found among shards however narrow", () => {
  fc.assert(
    fc.property(fc.uniqueArray(aHashKey, { maxLength: 30 }), aHashKey, (starts, hashKey) => {
      const ascending = starts.filter((start) => start > 0n).sort((a, b) => (a < b ? -1 : 1));
      expect(shardOf(aTable(ascending), hashKey)).toBe(ascending.filter((start) => start <= hashKey).length);
    }),
  );
});
