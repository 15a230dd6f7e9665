import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bucketsIn, objectPath } from "../../../src/delivery/channel/bucket-folder.ts";

const BUCKET = "arn:aws:s3:::bucket";

test("an object is a file below its bucket, and nothing else is left", async () => {
  const folder = mkdtempSync(join(tmpdir(), "waystation-"));
  try {
    const put = bucketsIn(folder);
    await put(BUCKET, "a/b/c.json", Buffer.from("first"));
    await put(BUCKET, "a/b/c.json", Buffer.from("second"));
    await put("arn:aws:s3:::other", "d", Buffer.from("third"));
    expect(readFileSync(join(folder, "bucket/a/b/c.json"), "utf8")).toBe("second");
    expect(readFileSync(join(folder, "other/d"), "utf8")).toBe("third");
    expect(readdirSync(join(folder, "bucket/a/b"))).toEqual(["c.json"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.for([
  ["a/b", "/s3/bucket/a/b"],
  ["/a//b", "/s3/bucket/a/b"],
  ["../../etc/passwd", "/s3/bucket/%2E%2E/%2E%2E/etc/passwd"],
  ["a/./b/..", "/s3/bucket/a/%2E/b/%2E%2E"],
  ["a..b/.c", "/s3/bucket/a..b/.c"],
] as const)("the key %s is at %s", ([key, path]) => {
  expect(objectPath("/s3", BUCKET, key)).toBe(path);
});

test("a bucket of dots stays in the folder", () => {
  expect(objectPath("/s3", "arn:aws:s3:::...", "a")).toBe("/s3/%2E%2E%2E/a");
});
