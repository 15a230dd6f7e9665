import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PutObject } from "./channel-delivery.ts";

/** Puts objects as files under a folder that stands in for S3: `<folder>/<bucket>/<key>`. They appear whole or not at all. */
export function bucketsIn(folder: string): PutObject {
  return async (bucketArn, key, content) => {
    const path = objectPath(folder, bucketArn, key);
    const partial = `${path}.partial`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(partial, content);
    await rename(partial, path);
  };
}

/** Where an object is. Keys that would lead out of their bucket's folder stay inside. */
export function objectPath(folder: string, bucketArn: string, key: string): string {
  const bucket = bucketArn.slice(bucketArn.lastIndexOf(":") + 1);
  return join(folder, ...[bucket, ...key.split("/")].filter((name) => name !== "").map(fileName));
}

/** `.` and `..` are names like any other in a key, and places in a file system. */
function fileName(name: string): string {
  return /^\.+$/.test(name) ? name.replaceAll(".", "%2E") : name;
}
