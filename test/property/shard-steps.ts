import fc from "fast-check";

/** One letter or digit each, spread over the hash keys. */
export const KEYS = [..."abcdefgh1234"];

/** What happens to a stream of which consumers are to miss nothing: records, changes of its shards, and time. */
export const shardSteps = (longestMs: number) => [
  { weight: 8, arbitrary: fc.record({ type: fc.constant("put" as const), key: fc.constantFrom(...KEYS) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("split" as const),
      which: fc.nat(99),
      percent: fc.integer({ min: 1, max: 99 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("merge" as const), which: fc.nat(99) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("rescale" as const), percent: fc.integer({ min: 50, max: 200 }) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("advance" as const), ms: fc.nat(longestMs) }) },
];
