import { expect, test } from "vitest";
import type { Following } from "../../../../src/engine/stream/consumer/following.ts";
import { present } from "../../../../src/kernel/present.ts";
import { aStream, DAY, MINUTE, put, SECOND, slow, textsOf } from "../../../support/stream.ts";

/** The texts of a shard from a position on. */
function textsFrom(following: Following, shard: number, position: number): readonly string[] {
  const found = present(following.find(shard), "a shard");
  return textsOf(Array.from(following.records(found, position), ({ record }) => record));
}

test("a follower is told of each record with its shard, and of changes of the shards, until it stops", () => {
  const { stream } = aStream({ shardCount: 2 });
  const told: (number | undefined)[] = [];
  const following = stream.follow((shard) => told.push(shard));
  put(stream, ["a"], { explicitHashKey: 0n });
  put(stream, ["b"], { explicitHashKey: 2n ** 127n });
  expect(told).toEqual([0, 1]);
  stream.shards.merge(0, 1);
  expect(told).toEqual([0, 1, undefined]);
  following.stop();
  put(stream, ["c"]);
  expect(told).toHaveLength(3);
});

test("it reads from any position on, each record with its index, and uses up nothing", () => {
  const { stream } = aStream();
  const following = stream.follow(() => {});
  put(stream, ["a", "b", "c"]);
  expect(textsFrom(following, 0, 0)).toEqual(["a", "b", "c"]);
  const [, second] = following.records(present(following.find(0), "a shard"), 0);
  expect(textsFrom(following, 0, present(second, "a record").index)).toEqual(["b", "c"]);
  expect(textsFrom(following, 0, 0)).toEqual(["a", "b", "c"]);
});

test("what it notes as read counts as read, by its consumer if it has one", () => {
  const { stream } = aStream();
  const registered = stream.consumers.register("consumer", {});
  if (typeof registered === "string") throw new Error(registered);
  put(stream, ["a", "b"]);
  const following = stream.follow(() => {});
  const shard = present(following.find(0), "a shard");
  expect(stream.unread()).toEqual([{ shardId: shard.id, count: 2 }]);
  following.noteRead(shard, following.end(shard));
  expect(stream.unread()).toEqual([]);
  expect(stream.unread(registered)).toEqual([{ shardId: shard.id, count: 2 }]);
  following.noteRead(shard, following.end(shard), "consumer");
  expect(stream.unread(registered)).toEqual([]);
});

test("expired records are gone, and so are shards that held nothing else", () => {
  const { stream, clock } = aStream();
  put(stream, ["old"]);
  stream.shards.split(0, 1000n);
  const following = stream.follow(() => {});
  expect(Array.from(following.shards(), ({ index }) => index)).toEqual([0, 1, 2]);
  clock.advance(DAY + 2 * SECOND);
  expect(Array.from(following.shards(), ({ index }) => index)).toEqual([1, 2]);
  expect(following.find(0)).toBeUndefined();
});

test("there are no shards before the stream is ACTIVE, and it says when that will be", () => {
  const { streams, clock } = aStream({}, slow);
  const created = streams.create({ name: "young", shardCount: 1 });
  if (typeof created === "string") throw new Error(created);
  const following = created.follow(() => {});
  expect([...following.shards()]).toEqual([]);
  expect(following.nextChange).toBe(clock.now() + 25 * SECOND);
  clock.advance(25 * SECOND);
  expect(Array.from(following.shards(), ({ index }) => index)).toEqual([0]);
});

test.for([
  { type: "TRIM_HORIZON" as const, expected: ["old", "new"] },
  { type: "LATEST" as const, expected: [] },
  { type: "AT_TIMESTAMP" as const, sinceMs: 1, expected: ["new"] },
  { type: "AT_TIMESTAMP" as const, sinceMs: 10 * MINUTE, expected: [] },
])("$type $sinceMs begins before $expected", ({ type, sinceMs = 0, expected }) => {
  const { stream, clock } = aStream();
  const start = clock.now();
  put(stream, ["old"]);
  clock.advance(MINUTE);
  put(stream, ["new"]);
  const following = stream.follow(() => {});
  const shard = present(following.find(0), "a shard");
  const wanted = type === "AT_TIMESTAMP" ? { type, instant: start + sinceMs } : { type };
  expect(textsFrom(following, 0, following.position(shard, wanted))).toEqual(expected);
});
