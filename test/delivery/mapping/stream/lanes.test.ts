import { expect, test } from "vitest";
import { laneOf } from "../../../../src/engine/mapping/stream/lane.ts";
import { put, putOne, SECOND, slow, thisTurn } from "../../../support/stream.ts";
import { aMapping, failed } from "./a-mapping.ts";

const UPPER = { explicitHashKey: 2n ** 127n };

test("children are read when everything of their parent is settled", async () => {
  const { stream, texts, handle, pass, calls } = aMapping({ handler: () => failed });
  putOne(stream, "parent");
  await thisTurn();
  stream.shards.split(0, 2n ** 127n);
  putOne(stream, "upper", UPPER);
  putOne(stream, "lower", { explicitHashKey: 0n });
  await thisTurn();
  expect(texts()).toEqual([["parent"]]);
  handle(() => null);
  await pass(SECOND);
  expect(texts()).toEqual([["parent"], ["parent"], ["lower"], ["upper"]]);
  expect(calls.map(({ event }) => event.Records[0]?.eventID.slice(0, 20))).toEqual([
    "shardId-000000000000",
    "shardId-000000000000",
    "shardId-000000000001",
    "shardId-000000000002",
  ]);
});

test("the child of a merge waits for both of its parents", async () => {
  const { stream, texts, pass, handle } = aMapping({
    stream: { shardCount: 2 },
    handler: ({ texts: [text] }) => (text === "stuck" ? failed : null),
  });
  putOne(stream, "stuck", { explicitHashKey: 0n });
  putOne(stream, "done", UPPER);
  stream.shards.merge(0, 1);
  putOne(stream, "child");
  await pass(SECOND);
  expect(texts().flat()).not.toContain("child");
  handle(() => null);
  await pass(SECOND);
  expect(texts().flat().slice(-2)).toEqual(["stuck", "child"]);
});

test("a reshard that takes its time is followed when it is done", async () => {
  const { stream, texts, pass } = aMapping({ rules: slow });
  stream.shards.split(0, 2n ** 127n);
  putOne(stream, "before", UPPER);
  await pass(30 * SECOND, 10 * SECOND);
  putOne(stream, "after", UPPER);
  await thisTurn();
  expect(texts()).toEqual([["before"], ["after"]]);
});

test("closed shards count as read to the end for a mapping that begins with LATEST", async () => {
  const { stream, set, texts } = aMapping({ mapping: { isEnabled: false } });
  putOne(stream, "parent");
  stream.shards.split(0, 2n ** 127n);
  set({ isEnabled: true });
  putOne(stream, "upper", UPPER);
  await thisTurn();
  expect(texts()).toEqual([["upper"]]);
});

test("a tumbling window ends with its shard, and the children begin with no state", async () => {
  const { stream, calls } = aMapping({
    handler: () => ({ state: { sum: 1 } }),
    mapping: { tumblingWindowMs: 60 * SECOND },
  });
  putOne(stream, "a");
  await thisTurn();
  stream.shards.split(0, 2n ** 127n);
  putOne(stream, "b", UPPER);
  await thisTurn();
  expect(calls.map(({ texts, event }) => [...texts, event.state, event.isFinalInvokeForWindow])).toEqual([
    ["a", {}, false],
    [{ sum: 1 }, true],
    ["b", {}, false],
  ]);
});

/** Keys of the first lanes. */
function keysOf(laneCount: number): readonly string[] {
  return Array.from({ length: laneCount }, (_, lane) => {
    for (let number = 0; ; number++) {
      const partitionKey = `key-${number}`;
      if (laneOf({ index: 0, partitionKey }, laneCount) === lane) return partitionKey;
    }
  });
}

test("with ParallelizationFactor as many batches are under way, none of them with the keys of another", async () => {
  const answers: (() => void)[] = [];
  const { stream, calls, sources } = aMapping({
    mapping: { parallelizationFactor: 3 },
    handler: () => new Promise((resolve) => answers.push(() => resolve(null))),
  });
  const keys = keysOf(3);
  for (const text of ["1", "2"]) for (const partitionKey of keys) putOne(stream, text + partitionKey, { partitionKey });
  await thisTurn();
  const batches = () => calls.map(({ event, texts }) => [event.Records[0]?.kinesis.partitionKey, texts.length]);
  expect(batches()).toEqual(keys.map((key) => [key, 2]));
  for (const partitionKey of keys) putOne(stream, "3", { partitionKey });
  await thisTurn();
  expect(calls).toHaveLength(3);
  answers[1]?.();
  await thisTurn();
  expect(batches()[3]).toEqual([keys[1], 1]);
  for (const answer of answers) answer();
  await thisTurn();
  for (const answer of answers) answer();
  await thisTurn();
  expect(calls).toHaveLength(6);
  expect(sources.busy()).toBe(0);
});

test("a lane that fails holds up no other, and a closed shard is done when all its lanes are", async () => {
  const [stuck = "", fine = ""] = keysOf(2);
  const { stream, texts, pass, handle } = aMapping({
    mapping: { parallelizationFactor: 2 },
    handler: ({ texts: [text] }) => (text === "stuck" ? failed : null),
  });
  putOne(stream, "stuck", { partitionKey: stuck });
  put(stream, ["1", "2"], { partitionKey: fine });
  await thisTurn();
  putOne(stream, "3", { partitionKey: fine });
  await thisTurn();
  expect(texts()).toEqual([["stuck"], ["1", "2"], ["3"]]);
  stream.shards.split(0, 2n ** 127n);
  putOne(stream, "child", UPPER);
  await pass(SECOND);
  expect(texts().flat()).not.toContain("child");
  handle(() => null);
  await pass(SECOND);
  expect(texts().at(-1)).toEqual(["child"]);
});

test("another factor takes effect when nothing is under way, and no record comes twice", async () => {
  const [stuck = "", fine = ""] = keysOf(2);
  let answer = () => {};
  const { stream, texts, set, handle, pass } = aMapping({
    mapping: { parallelizationFactor: 2 },
    handler: ({ texts: [text] }) =>
      text === "slow"
        ? new Promise((resolve) => {
            answer = () => resolve(failed);
          })
        : null,
  });
  putOne(stream, "slow", { partitionKey: stuck });
  putOne(stream, "done", { partitionKey: fine });
  await thisTurn();
  set({ parallelizationFactor: 1 });
  putOne(stream, "new", { partitionKey: fine });
  await thisTurn();
  expect(texts()).toEqual([["slow"], ["done"]]);
  handle(() => null);
  answer();
  await pass(SECOND);
  expect(texts()).toEqual([["slow"], ["done"], ["slow", "new"]]);
});
