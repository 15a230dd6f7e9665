import { expect, test } from "vitest";
import { shardIdOf, shardIndexOf } from "../../../../src/engine/stream/shard/shard.ts";

test.for([
  { index: 0, id: "shardId-000000000000" },
  { index: 17, id: "shardId-000000000017" },
  { index: 2147483647, id: "shardId-002147483647" },
  { index: -2147483648, id: "shardId--02147483648" },
])("shard $index is called $id", ({ index, id }) => {
  expect(shardIdOf(index)).toBe(id);
});

test.for([
  { id: "shardId-000000000003", index: 3 },
  { id: "3", index: 3 },
  { id: "foo-3", index: 3 },
  { id: "-00002147483647", index: 2147483647 },
  { id: "shardId-2147483648", index: undefined },
  { id: "shardId-", index: undefined },
  { id: "ABKLFD8", index: undefined },
  { id: "2.14E4", index: undefined },
  { id: "shardId--1", index: undefined },
  { id: "a-b-3", index: undefined },
])("$id names shard $index", ({ id, index }) => {
  expect(shardIndexOf(id)).toBe(index);
});
