import { describe, expect, test } from "vitest";
import { parseSequenceNumber, SequenceNumbers } from "../../../../src/engine/stream/shard/sequence-number.ts";

const LAST_INDEX = 2n ** 63n - 1n;

/** Shard, creation, index, second and the number AWS makes of them. */
const vectors = [
  [1700000000, 0, 0n, 1700000000, "49646437577108476416916876405825929425585429676275269634"],
  [1700000000, 1, 0n, 1700000000, "49646437577130777162115407028967465143858078037781250066"],
  [1700000000, 0, 1n, 1700000005, "49646437577108476416916876405827138351405044649047359490"],
  [1700000000, 0, LAST_INDEX, 1700000100, "49646437577119626789516141717395488358902146099801227266"],
  [1700000101, 3, 0n, 1700000101, "49646437613213382893337955271972257309003133895124713522"],
  [1700000000, 17, 0n, 1700000000, "49646437577130777162115407028967465143858078037781250322"],
] as const;

test.for(vectors)(
  "creation %i, shard %i, index %i, second %i make number %s",
  ([created, shard, index, second, text]) => {
    const numbers = new SequenceNumbers(shard, created);
    expect(index === LAST_INDEX ? numbers.last(second) : numbers.of(Number(index), second)).toBe(text);
  },
);

test.for(vectors)("number %5$s is read back", ([createdSecond, shardIndex, index, second, text]) => {
  expect(parseSequenceNumber(text)).toEqual({ version: 2, createdSecond, shardIndex, index, isGap: false, second });
});

test.for([
  {
    text: "49639130162049733851389740247622569482822174383871623170",
    says: { createdSecond: 1679520261, shardIndex: 0, index: 0x56f1n, second: 1679520583 },
  },
  {
    text: "49544985256907370027570885864065577703022652638596431874",
    says: { createdSecond: 1415670039, index: 0x32003d1f4n, second: 1431623575 },
  },
])("AWS's own number $text is understood", ({ text, says }) => {
  expect(parseSequenceNumber(text)).toMatchObject({ version: 2, ...says });
});

test("the first numbers of neighbouring initial shards lie as far apart as AWS's", () => {
  const [first, second] = [0, 1].map((shard) => BigInt(new SequenceNumbers(shard, 1700000000).of(0, 1700000000)));
  expect(second! - first!).toBe(22300745198530623141535718272648361505980432n);
});

test("a record that comes before its shard's creation second counts as of that second", () => {
  const numbers = new SequenceNumbers(0, 1700000000);
  expect(numbers.of(1, 1699999999)).toBe(numbers.of(1, 1700000000));
  expect(numbers.of(1, 1700000001)).not.toBe(numbers.of(1, 1700000000));
});

test("numbers rise with the index even when the second is written again later", () => {
  const numbers = new SequenceNumbers(3, 1700000000);
  const written = [
    [1, 1700000005],
    [2, 1700000001],
    [3, 1700000005],
  ].map(([index, second]) => BigInt(numbers.of(index!, second!)));
  expect(written).toEqual([...written].sort((a, b) => (a < b ? -1 : 1)));
});

test.for([0, 1, 2 ** 26 - 1, 2 ** 26, Number.MAX_SAFE_INTEGER])(
  "index %i makes the same number, be it the first of its second or not",
  (index) => {
    const [first, later] = [new SequenceNumbers(3, 1700000000), new SequenceNumbers(3, 1700000000)];
    later.of(7, 1700000005);
    expect(later.of(index, 1700000005)).toBe(first.of(index, 1700000005));
  },
);

test("a number after an index lies between every number of that index and every one of the next", () => {
  const numbers = new SequenceNumbers(3, 1700000000);
  const [early, late] = [1700000000, 2 ** 36 - 1];
  const rising = [numbers.of(7, late), numbers.after(7, early), numbers.after(7, late), numbers.of(8, early)];
  expect(rising.map(BigInt)).toEqual(rising.map(BigInt).sort((a, b) => (a < b ? -1 : 1)));
  expect(new Set(rising).size).toBe(4);
  expect(parseSequenceNumber(numbers.after(7, late))).toMatchObject({ shardIndex: 3, index: 7n, isGap: true });
});

function decimal(hex: string): string {
  return BigInt(`0x${hex}`).toString();
}

const zeros = "0".repeat(45);

describe("numbers AWS never issued", () => {
  test.for([
    { what: "0", text: "0", version: 0, shardIndex: 0 },
    { what: "5", text: "5", version: 0, shardIndex: 5 },
    { what: "2^124 - 1", text: String(2n ** 124n - 1n), version: undefined },
    { what: "all zeros in version 2", text: decimal(`2${zeros}2`), version: 2, shardIndex: 0 },
    { what: "all zeros in version 1", text: decimal(`2${zeros}1`), version: 1, shardIndex: 0 },
    { what: "all zeros with a last digit 0", text: decimal(`2${zeros}0`), version: undefined },
    { what: "all zeros with version digit 3", text: decimal(`2${zeros}3`), version: undefined },
    { what: "all zeros with version digit 4", text: decimal(`2${zeros}4`), version: undefined },
    { what: "a leading digit 3", text: decimal(`3${zeros}2`), version: undefined },
    { what: "a leading 1fff", text: decimal(`1${"f".repeat(45)}2`), version: undefined },
    {
      what: "shard index 0x80000000",
      text: decimal(`2${"0".repeat(37)}800000002`),
      version: 2,
      shardIndex: -2147483648,
    },
    {
      what: "shard index 0x7fffffff",
      text: decimal(`2${"0".repeat(37)}7fffffff2`),
      version: 2,
      shardIndex: 2147483647,
    },
    {
      what: "sequence index digit 7",
      text: decimal(`2${"0".repeat(10)}7${"0".repeat(34)}2`),
      version: 2,
      shardIndex: 0,
    },
    { what: "sequence index digit 8", text: decimal(`2${"0".repeat(10)}8${"0".repeat(34)}2`), version: undefined },
    { what: "creation 16025175000 in version 0", text: decimal(`13bb2cc3d8${"0".repeat(22)}`), version: undefined },
    {
      what: "creation 16025174999 in version 0",
      text: decimal(`13bb2cc3d7${"0".repeat(22)}`),
      version: 0,
      shardIndex: 0,
    },
    { what: "creation 16025175000 in version 2", text: decimal(`23bb2cc3d8${"0".repeat(36)}2`), version: undefined },
    {
      what: "creation 16025174999 in version 2",
      text: decimal(`23bb2cc3d7${"0".repeat(36)}2`),
      version: 2,
      shardIndex: 0,
    },
    { what: "no digits", text: "12a", version: undefined },
    { what: "no text", text: "", version: undefined },
  ])("$what has version $version", ({ text, version, shardIndex }) => {
    const parsed = parseSequenceNumber(text);
    expect(parsed?.version).toBe(version);
    expect(parsed?.shardIndex).toBe(shardIndex);
  });

  test("a version 1 number tells its shard, its creation and its second", () => {
    const text = decimal(["2", "06553f100", "3", "00", "06553f105", "1".repeat(14), "07", "00000013", "1"].join(""));
    const says = {
      version: 1,
      createdSecond: 1700000000,
      second: 1700000005,
      index: 7n,
      isGap: false,
      shardIndex: 0x13,
    };
    expect(parseSequenceNumber(text)).toEqual(says);
  });
});
