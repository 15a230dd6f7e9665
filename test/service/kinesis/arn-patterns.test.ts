import fc from "fast-check";
import { expect, test } from "vitest";
import { textOfPattern } from "../../../src/service/constraint-wording.ts";
import {
  channelArnPattern,
  consumerArnPattern,
  resourceArnPattern,
  streamArnPattern,
} from "../../../src/service/kinesis/arn-patterns.ts";

const patterns = [
  ["streams", streamArnPattern],
  ["channels", channelArnPattern],
  ["resources", resourceArnPattern],
  ["consumers", consumerArnPattern],
] as const;

const piece = fc.constantFrom(
  ...["arn:aws", "-cn", ":kinesis:", ":", ":123456789012:", "123456789012", "us-east-1", "stream/", "channel/"],
  ...["/consumer/", ":7", "a", "\u00e9", " ", "\n", "x/", "s", "consumer/"],
);
const pieces = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(""));
const last = fc.constantFrom(
  ...[":123456789012:stream/a", ":123456789012:channel/a", ":123456789012:stream/a/consumer/b:7", "x"],
);
const arn = fc
  .tuple(
    fc.constantFrom("arn:aws", "arn:aw"),
    pieces,
    fc.constantFrom(":kinesis:", ""),
    pieces,
    piece,
    pieces,
    last,
    pieces,
  )
  .map((parts) => parts.join(""));

test.for(patterns)("the pattern for ARNs of %s matches what the model's own matches", ([, pattern]) => {
  const model = new RegExp(`^(?:${textOfPattern(pattern)})$`);
  let matched = 0;
  fc.assert(
    fc.property(arn, (text) => {
      expect(pattern.test(text)).toBe(model.test(text));
      if (model.test(text)) matched++;
    }),
    { numRuns: 5000 },
  );
  expect(matched).toBeGreaterThan(20);
});
