import { expect, test } from "vitest";
import { objectKey } from "../../../src/delivery/channel/object-key.ts";
import { DEFAULT_KEY_TEMPLATE } from "../../../src/engine/stream/channel/key-template.ts";

const facts = {
  channelName: "archive",
  channelId: "0f1e",
  streamName: "orders",
  arrivedAt: 1_700_000_000_000, // 2023-11-14T22:13:20Z
  extension: ".gz",
  suffix: "s",
};

test.for([
  [DEFAULT_KEY_TEMPLATE, "kinesis-channel/archive/0f1e/2023/11/14/22/archive-0f1e-2023-11-14-22-13-s.gz"],
  ["!{stream-name}/!{yy}!{MM}!{dd}T!{HH}!{mm}", "orders/231114T2213-s"],
  ["!{yyyy}/all!{extension:.json.gz}", "2023/all-s.json.gz"],
  ["x!{extension}/y", "x.gz/y-s"],
  ["plain", "plain-s"],
] as const)("%s makes the key %s", ([template, key]) => {
  expect(objectKey(template, facts)).toBe(key);
});

test("a key has no extension where there is none", () => {
  expect(objectKey("a!{extension}", { ...facts, extension: "" })).toBe("a-s");
});
