import { expect, test } from "vitest";
import {
  joinRanges,
  MAX_HASH_KEY,
  routingKey,
  routingKeyOf,
  splitRange,
  uniformRanges,
  upperHalf,
} from "../../../../src/engine/stream/shard/hash-range.ts";

const MAX = 340282366920938463463374607431768211455n;

// Reference ranges of AWS streams.
test.for([
  { count: 1, starts: [0n] },
  { count: 2, starts: [0n, 170141183460469231731687303715884105728n] },
  { count: 3, starts: [0n, 113427455640312821154458202477256070485n, 226854911280625642308916404954512140970n] },
  {
    count: 4,
    starts: [
      0n,
      85070591730234615865843651857942052864n,
      170141183460469231731687303715884105728n,
      255211775190703847597530955573826158592n,
    ],
  },
  { count: 5, starts: [0n, 1n, 2n, 3n, 4n].map((place) => place * 68056473384187692692674921486353642291n) },
])("$count initial shards cover the hash keys as AWS divides them", ({ count, starts }) => {
  const ranges = uniformRanges(count);
  expect(ranges.map(({ start }) => start)).toEqual(starts);
  expect(ranges.map(({ end }) => end)).toEqual([...starts.slice(1).map((start) => start - 1n), MAX]);
});

test.for([
  { partitionKey: "a", hash: 16955237001963240173058271559858726497n },
  { partitionKey: "b", hash: 195289424170611159128911017612795795343n },
  { partitionKey: "e", hash: 299611584147932843547128611849858313266n },
  { partitionKey: "f", hash: 190917122200326810055233066464581373159n },
  { partitionKey: "1", hash: 261578874264819908609102035485573088411n },
])("the hash key of $partitionKey is the MD5 of its bytes", ({ partitionKey, hash }) => {
  expect(routingKeyOf(partitionKey)).toBe(routingKey(hash));
});

test("a partition key is hashed in UTF-8", () => {
  expect(routingKeyOf("é")).toBe("66ddcd97cfdeabb2f6fb8a999b4bc76f");
});

test.for([
  { hashKey: 0n, text: "00000000000000000000000000000000" },
  { hashKey: 255n, text: "000000000000000000000000000000ff" },
  { hashKey: MAX_HASH_KEY, text: "ffffffffffffffffffffffffffffffff" },
])("hash key $hashKey is compared as $text", ({ hashKey, text }) => {
  expect(routingKey(hashKey)).toBe(text);
});

test("a range is split in two that join to it again", () => {
  const range = { start: 10n, end: 20n };
  const [lower, upper] = splitRange(range, 13n);
  expect([lower, upper]).toEqual([
    { start: 10n, end: 12n },
    { start: 13n, end: 20n },
  ]);
  expect(joinRanges(lower, upper)).toEqual(range);
});

test.for([
  { start: 0n, end: MAX_HASH_KEY, upper: 2n ** 127n },
  { start: 0n, end: 1n, upper: 1n },
  { start: 10n, end: 20n, upper: 16n },
])("the upper half of $start to $end begins at $upper", ({ start, end, upper }) => {
  expect(upperHalf({ start, end })).toBe(upper);
});
