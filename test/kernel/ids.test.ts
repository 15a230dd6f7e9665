import { describe, expect, test } from "vitest";
import { seededIds, systemIds, uuidText } from "../../src/kernel/ids.ts";

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const many = Array.from({ length: 200 });

describe.for([
  { name: "system ids", make: () => systemIds },
  { name: "seeded ids", make: () => seededIds("seed") },
])("$name", ({ make }) => {
  test("are version 4 UUIDs, each its own", () => {
    const ids = make();
    const uuids = many.map(() => ids.uuid());
    for (const uuid of uuids) expect(uuid).toMatch(UUID_V4);
    expect(new Set(uuids).size).toBe(many.length);
  });

  test.for([0, 1, 31, 32, 33, 100])("have as many bytes as are asked for: %d", (length) => {
    expect(make().bytes(length)).toHaveLength(length);
  });
});

test("bytes are no others' and stay as they are, however many are drawn after", () => {
  const lengths = Array.from({ length: 2_000 }, (_, at) => 8 + (at % 80));
  const all = lengths.map((length) => systemIds.bytes(length));
  const texts = all.map((bytes) => bytes.toString("hex"));
  for (const _ of many) systemIds.uuid();
  expect(all.map((bytes) => bytes.toString("hex"))).toEqual(texts);
  expect(new Set(texts.map((text) => text.slice(0, 16))).size).toBe(lengths.length);
});

test("the same seed gives the same ids in the same order", () => {
  const [one, two] = [seededIds("seed"), seededIds("seed")];
  expect(many.map(() => one.uuid())).toEqual(many.map(() => two.uuid()));
  expect(one.bytes(40)).toEqual(two.bytes(40));
});

test("another seed gives other ids", () => {
  expect(seededIds("one").uuid()).not.toBe(seededIds("two").uuid());
});

test("16 bytes anywhere are the UUID that the uuid package makes of them", () => {
  for (let start = 0; start < 200; start++) {
    const [drawn, given] = [seededIds(`${start}`), seededIds(`${start}`)];
    const bytes = Buffer.concat([Buffer.alloc(start, 0xff), drawn.bytes(16), Buffer.alloc(1, 0xff)]);
    expect(uuidText(bytes, start)).toBe(given.uuid());
  }
});
