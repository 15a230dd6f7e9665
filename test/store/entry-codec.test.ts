import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry, PlainEvent } from "../../src/kernel/event/event-log.ts";
import { decodeEntries, EntryText, encodeParts, textsOf, unpackEntries } from "../../src/store/entry-codec.ts";
import { Dice } from "../durability/dice.ts";

/** What JSON says as it is: negative zero has no word there. */
const value = fc.jsonValue().map((json) => JSON.parse(JSON.stringify(json)) as unknown);
const event = fc
  .record({ type: fc.constantFrom("sent", "deleted"), at: fc.integer(), members: fc.dictionary(fc.string(), value) })
  .map(({ type, at, members }): PlainEvent => ({ ...JSON.parse(JSON.stringify(members)), type, at }));
const resource = fc.oneof(
  fc.constantFrom("", "arn:aws:sqs:us-east-1:111111111111:jobs"),
  fc.string({ unit: "binary" }),
);
const entries: fc.Arbitrary<readonly Entry[]> = fc.array(fc.record({ resource, event }, { noNullPrototype: true }));

function textOf(all: readonly Entry[]): EntryText {
  const text = new EntryText();
  for (const entry of all) text.add(entry);
  return text;
}

function encodeEntries(all: readonly Entry[]): Buffer {
  return textOf(all).seal();
}

test("entries come back as they were, in order, whatever texts are in them", () => {
  fc.assert(
    fc.property(entries, (all) => {
      expect(decodeEntries(encodeEntries(all))).toEqual(all);
    }),
  );
});

test("entries in several texts come back in order, each text but the last as long as was asked for", () => {
  fc.assert(
    fc.property(entries, fc.integer({ min: 1, max: 200 }), (all, characters) => {
      const texts = [...textsOf(all, characters)];
      expect(texts.slice(0, -1).every(({ length }) => length >= characters)).toBe(true);
      expect(texts.flatMap((text) => decodeEntries(text.seal()) as readonly Entry[])).toEqual(all);
    }),
  );
});

test("packed entries come back as they were, and of bytes of which one bit is another nothing does", async () => {
  await fc.assert(
    fc.asyncProperty(entries, fc.nat(), fc.integer({ min: 0, max: 7 }), async (all, place, bit) => {
      const { packed, textBytes } = await textOf(all).pack();
      expect(unpackEntries(packed)).toEqual(all);
      expect(textBytes).toBe(encodeEntries(all).length - 4);
      const at = place % packed.length;
      expect(unpackEntries(packed.subarray(0, at))).toBeUndefined();
      packed[at] = (packed[at] ?? 0) ^ (1 << bit);
      expect(unpackEntries(packed)).toBeUndefined();
    }),
  );
});

test.for([
  ["letters and digits at random", 64, 0.8],
  ["every character that a byte can say", 94, 0.875],
  ["Chinese at random", 20_000, 0.75],
] as const)("of %s no more than seven eighths is written", async ([, characters, most]) => {
  const dice = new Dice(1);
  const first = characters > 1_000 ? 0x4e00 : 0x21;
  const codes = Array.from({ length: 60_000 }, () => first + dice.below(characters));
  const { packed, textBytes } = await textOf([
    {
      resource: "arn:aws:sqs:us-east-1:111111111111:jobs",
      event: { type: "sent", at: 0, body: String.fromCharCode(...codes) } as PlainEvent,
    },
  ]).pack();
  expect(packed.length / textBytes).toBeLessThan(most);
});

test("how many parts there are comes back", () => {
  expect(decodeEntries(encodeParts(7))).toBe(7);
});

test("bytes of which one bit is another, or that are cut short, are nobody's entries", () => {
  fc.assert(
    fc.property(entries, fc.nat(), fc.integer({ min: 0, max: 7 }), (all, place, bit) => {
      const bytes = encodeEntries(all);
      const at = place % bytes.length;
      expect(decodeEntries(bytes.subarray(0, at))).toBeUndefined();
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      expect(decodeEntries(bytes)).toBeUndefined();
    }),
  );
});

test("bytes that nobody wrote are nobody's entries", () => {
  const zeros = fc.nat({ max: 100 }).map((length) => new Uint8Array(length));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), zeros), (bytes) => {
      expect(decodeEntries(Buffer.from(bytes))).toBeUndefined();
    }),
  );
});
