import { expect, test } from "vitest";
import { aKinesis, type Placed, SECOND, START } from "../../support/kinesis.ts";

// Kinesis reference 3.4, 10.2

/** A stream whose shards were created at 1700000000, two seconds before itself. */
function aStream(ShardCount: number) {
  const kinesis = aKinesis();
  kinesis.clock.advance(2 * SECOND);
  kinesis.create("s", { ShardCount });
  return kinesis;
}

/** The index that a sequence number holds. */
const indexOf = ({ SequenceNumber }: Placed) =>
  Number(BigInt(`0x${BigInt(SequenceNumber).toString(16).slice(11, 27)}`));

test.for([
  [0, "49646437577108476416916876405825929425585429676275269634"],
  [1, "49646437577130777162115407028967465143858078037781250066"],
  [17, "49646437577130777162115407028967465143858078037781250322"],
] as const)("shard %d of a new stream starts with %s", ([index, number]) => {
  const { describe } = aStream(18);
  expect(describe("s").Shards[index]?.SequenceNumberRange).toEqual({
    StartingSequenceNumber: number,
    EndingSequenceNumber: undefined,
  });
});

test("the first record has index 1 and the second in which it came", () => {
  const { clock, put } = aStream(1);
  clock.advance(3 * SECOND);
  const [placed] = put("s", ["x"]);
  expect(placed?.SequenceNumber).toBe("49646437577108476416916876405827138351405044649047359490");
});

test("a closed shard ends with the greatest index and the second it was closed in, its child begins a second later", () => {
  const { call, clock, describe } = aStream(3);
  clock.advance(START + 100 * SECOND - clock.now());
  call("SplitShard", { StreamName: "s", ShardToSplit: "0", NewStartingHashKey: "1000" });
  const { Shards } = describe("s");
  expect(Shards[0]?.SequenceNumberRange).toEqual({
    StartingSequenceNumber: "49646437577108476416916876405825929425585429676275269634",
    EndingSequenceNumber: "49646437577119626789516141717395488358902146099801227266",
  });
  expect(Shards[3]?.SequenceNumberRange).toEqual({
    StartingSequenceNumber: "49646437613213382893337955271972257309003133895124713522",
    EndingSequenceNumber: undefined,
  });
});

test("five neighbours share their indexes, the next five have their own", () => {
  const { call } = aStream(10);
  const width = 2n ** 128n / 10n;
  const placed = [0n, 4n, 5n, 9n, 0n].map((shard) =>
    call<Placed>("PutRecord", {
      StreamName: "s",
      Data: Buffer.from("x"),
      PartitionKey: "k",
      ExplicitHashKey: String(shard * width),
    }),
  );
  expect(placed.map(({ ShardId }) => Number(ShardId.slice(-1)))).toEqual([0, 4, 5, 9, 0]);
  expect(placed.map(indexOf)).toEqual([1, 2, 1, 2, 3]);
});

test("records of one PutRecords on one shard get consecutive indexes", () => {
  const { call } = aStream(1);
  const Records = ["a", "b", "c"].map((text) => ({ Data: Buffer.from(text), PartitionKey: text }));
  const output = call<{ readonly Records: readonly Placed[] }>("PutRecords", { StreamName: "s", Records });
  expect(output.Records.map(indexOf)).toEqual([1, 2, 3]);
});

test("ids of shards are never used again", () => {
  const { call, clock, describe } = aStream(1);
  const ids = () => describe("s").Shards.map(({ ShardId }) => Number(ShardId.slice(-1)));
  call("SplitShard", { StreamName: "s", ShardToSplit: "0", NewStartingHashKey: "1000" });
  clock.advance(25 * 3_600_000);
  expect(ids()).toEqual([1, 2]);
  call("MergeShards", { StreamName: "s", ShardToMerge: "1", AdjacentShardToMerge: "2" });
  expect(ids()).toEqual([1, 2, 3]);
});
