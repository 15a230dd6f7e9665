import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BucketTarget, bucketsIn, objectPath } from "../../../src/delivery/target/bucket-folder.ts";
import { managedEndpointRetries } from "../../../src/delivery/transport/retry.ts";
import { aJob } from "../jobs.ts";

const BUCKET = "arn:aws:s3:::bucket";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "waystation-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is on its way, or stayed there. */
const partials = () => readdirSync(join(folder, ".partial~"));

test("an object is a file below its bucket, and nothing else is left", async () => {
  const put = bucketsIn(folder);
  await put(BUCKET, "a/b/c.json", Buffer.from("first"));
  await put(BUCKET, "a/b/c.json", Buffer.from("second"));
  await put("arn:aws:s3:::other", "d", Buffer.from("third"));
  expect(readFileSync(join(folder, "bucket/a/b/c.json"), "utf8")).toBe("second");
  expect(readFileSync(join(folder, "other/d"), "utf8")).toBe("third");
  expect(readdirSync(join(folder, "bucket/a/b"))).toEqual(["c.json"]);
  expect(partials()).toEqual([]);
});

test("nothing is left of an object that cannot be put", async () => {
  mkdirSync(join(folder, "bucket/taken"), { recursive: true });
  const put = bucketsIn(folder);
  await expect(put(BUCKET, "taken", Buffer.from("no file, since there is a folder"))).rejects.toThrow();
  expect(partials()).toEqual([]);
  expect(readdirSync(join(folder, "bucket"))).toEqual(["taken"]);
});

test("what a former run left on its way is removed, and its objects stay", async () => {
  for (const name of [".partial~", "bucket"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, ".partial~/left"), "half an obj");
  writeFileSync(join(folder, "bucket/whole"), "an object");
  await bucketsIn(folder)(BUCKET, "next", Buffer.from("another"));
  expect(partials()).toEqual([]);
  expect(readdirSync(join(folder, "bucket"))).toEqual(["next", "whole"]);
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

test("a job puts an object, and is tried again when that fails", async () => {
  mkdirSync(join(folder, "bucket/taken"), { recursive: true });
  const target = new BucketTarget(bucketsIn(folder));
  const put = (key: string) => target.attempt(aJob({ bucketArn: BUCKET, key, content: () => Buffer.from("text") }).job);
  expect(await put("a")).toMatchObject({ isDelivered: true });
  expect(readFileSync(join(folder, "bucket/a"), "utf8")).toBe("text");
  expect(await put("taken")).toMatchObject({ isDelivered: false, retries: managedEndpointRetries });
});

test("a job is refused where nothing stands in the place of buckets", async () => {
  const { job } = aJob({ bucketArn: BUCKET, key: "a", content: () => Buffer.from("text") });
  expect(await new BucketTarget(undefined).attempt(job)).toMatchObject({ isDelivered: false, retries: undefined });
});
