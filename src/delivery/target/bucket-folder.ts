import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "../../kernel/digest.ts";
import { makeFolder } from "../../kernel/make-folder.ts";
import { type AttemptResult, delivered, failed, reasonOf, refused } from "../transport/attempt.ts";
import type { Job } from "../transport/job.ts";
import type { QueuedTarget } from "../transport/receiver-queues.ts";

/** Puts an object into a bucket, in place of any other with that key. */
export type PutObject = (bucketArn: string, key: string, content: Uint8Array) => Promise<void>;

export interface BucketPayload {
  readonly bucketArn: string;
  readonly key: string;
  /** What the object holds. */
  content(): Uint8Array;
}

/** Objects put at a time for one source. */
const CONCURRENCY = 1;

/** Buckets, in whose place a folder stands. What cannot be put is tried again. */
export class BucketTarget implements QueuedTarget<BucketPayload> {
  readonly concurrency = CONCURRENCY;
  readonly #put: PutObject | undefined;

  /** Without `put` nothing stands in the place of buckets. */
  constructor(put: PutObject | undefined) {
    this.#put = put;
  }

  queueKey({ key }: Job): string {
    return key;
  }

  async attempt({ payload, retryPolicy }: Job<BucketPayload>): Promise<AttemptResult> {
    if (this.#put === undefined) return refused("No folder stands in the place of buckets");
    try {
      await this.#put(payload.bucketArn, payload.key, payload.content());
      return delivered();
    } catch (cause) {
      return failed(reasonOf(cause), retryPolicy);
    }
  }
}

/** Beside the buckets, none of which can have that name: objects on their way. */
const PARTIAL = ".partial~";

/**
 * Puts objects as files under a folder that stands in for S3: `<folder>/<bucket>/<key>`. They appear whole or not at all,
 * and nothing stays of those that do not: what a former run left on its way is removed before the first is put.
 */
export function bucketsIn(folder: string): PutObject {
  const partials = join(folder, PARTIAL);
  const isClean = rm(partials, { recursive: true, force: true }).catch(() => {}); // in the way of nothing but space
  return async (bucketArn, key, content) => {
    await isClean;
    const path = objectPath(folder, bucketArn, key);
    await putFile(path, { partial: join(partials, sha256(path)), content });
  };
}

/** Where an object is. Keys that would lead out of their bucket's folder stay inside. */
export function objectPath(folder: string, bucketArn: string, key: string): string {
  const bucket = bucketArn.slice(bucketArn.lastIndexOf(":") + 1);
  return join(folder, ...[bucket, ...key.split("/")].filter((name) => name !== "").map(fileName));
}

async function putFile(path: string, file: { readonly partial: string; readonly content: Uint8Array }): Promise<void> {
  const { partial, content } = file;
  try {
    await makeFolder(dirname(partial));
    await writeFile(partial, content);
    await makeFolder(dirname(path));
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => {}); // what went wrong first is what is told
    throw cause;
  }
}

/** `.` and `..` are names like any other in a key, and places in a file system. */
function fileName(name: string): string {
  return /^\.+$/.test(name) ? name.replaceAll(".", "%2E") : name;
}
