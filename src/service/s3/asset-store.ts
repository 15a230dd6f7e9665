import { createHash } from "node:crypto";
import {
  BucketAlreadyOwnedByYou,
  BucketNotEmpty,
  EntityTooLarge,
  InvalidBucketName,
  InvalidPart,
  NoSuchBucket,
  NoSuchKey,
  NoSuchUpload,
} from "./errors.ts";

/** What lies under a key. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** In quotes. */
  readonly etag: string;
  readonly contentType: string | undefined;
  /** What callers keep with it, by name. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly createdAt: number;
  readonly objects: Map<string, StoredObject>;
}

type About = Pick<StoredObject, "key" | "contentType" | "metadata">;

/** An object that comes in parts. */
interface Upload extends About {
  readonly bucket: string;
  readonly account: string;
  readonly parts: Map<number, { readonly bytes: Uint8Array; readonly md5: Buffer }>;
}

/** What all buckets hold together, parts among it. They lie in memory. */
const MOST_BYTES = 512 * 1024 * 1024;
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** AWS: what `cdk bootstrap` makes in every account and region. */
const BOOTSTRAPPED = /^cdk-hnb659fds-assets-(\d{12})-[a-z0-9-]+$/;

/** The buckets of all accounts, whose names are unique, and what lies in them. */
export class AssetStore {
  readonly #buckets = new Map<string, Bucket>();
  readonly #uploads = new Map<string, Upload>();
  #bytes = 0;

  /** Of an account, by name. */
  buckets(account: string): readonly Pick<Bucket, "name" | "createdAt">[] {
    return [...this.#buckets.values()]
      .filter((bucket) => bucket.account === account)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  create(name: string, account: string, createdAt: number): void {
    if (!NAME.test(name)) throw new InvalidBucketName();
    if (this.#buckets.has(name)) throw new BucketAlreadyOwnedByYou();
    this.#buckets.set(name, { name, account, createdAt, objects: new Map() });
  }

  /** The objects of a bucket, by key. Throws NoSuchBucket. */
  objects(name: string): readonly StoredObject[] {
    return [...this.#bucket(name).objects.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  delete(name: string): void {
    if (this.#bucket(name).objects.size > 0) throw new BucketNotEmpty();
    this.#buckets.delete(name);
  }

  get(name: string, key: string): StoredObject {
    const object = this.#bucket(name).objects.get(key);
    if (object === undefined) throw new NoSuchKey();
    return object;
  }

  /** Keeps the bytes, which are the store's from now on. Throws EntityTooLarge when there are too many. */
  put(name: string, about: About & Pick<StoredObject, "bytes" | "changedAt">): StoredObject {
    return this.#keep(name, { ...about, etag: `"${md5(about.bytes).toString("hex")}"` });
  }

  deleteObject(name: string, key: string): void {
    const { objects } = this.#bucket(name);
    this.#bytes -= objects.get(key)?.bytes.length ?? 0;
    objects.delete(key);
  }

  begin(id: string, upload: Omit<Upload, "parts">): void {
    this.#bucket(upload.bucket);
    this.#uploads.set(id, { ...upload, parts: new Map() });
  }

  /** Keeps a part and returns its tag. */
  putPart(id: string, number: number, bytes: Uint8Array): string {
    const { parts } = this.#upload(id);
    this.#count(bytes.length - (parts.get(number)?.bytes.length ?? 0));
    const digest = md5(bytes);
    parts.set(number, { bytes, md5: digest });
    return `"${digest.toString("hex")}"`;
  }

  /** Makes an object of the parts with those numbers. */
  complete(id: string, numbers: readonly number[], changedAt: number): StoredObject {
    const { bucket, parts, ...about } = this.#upload(id);
    const chosen = [...numbers]
      .sort((one, other) => one - other)
      .map((number) => {
        const part = parts.get(number);
        if (part === undefined) throw new InvalidPart();
        return part;
      });
    const bytes = Buffer.concat(chosen.map((part) => part.bytes));
    const etag = `"${md5(Buffer.concat(chosen.map((part) => part.md5))).toString("hex")}-${chosen.length}"`;
    this.abort(id);
    return this.#keep(bucket, { ...about, bytes, etag, changedAt });
  }

  abort(id: string): void {
    for (const { bytes } of this.#upload(id).parts.values()) this.#bytes -= bytes.length;
    this.#uploads.delete(id);
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const [name, bucket] of this.#buckets) {
      if (account !== undefined && bucket.account !== account) continue;
      for (const { bytes } of bucket.objects.values()) this.#bytes -= bytes.length;
      this.#buckets.delete(name);
    }
    for (const [id, upload] of this.#uploads) if (account === undefined || upload.account === account) this.abort(id);
  }

  #keep(name: string, object: StoredObject & { readonly account?: string }): StoredObject {
    const { objects } = this.#bucket(name);
    this.#count(object.bytes.length - (objects.get(object.key)?.bytes.length ?? 0));
    objects.set(object.key, object);
    return object;
  }

  #count(added: number): void {
    if (this.#bytes + added > MOST_BYTES) throw new EntityTooLarge(MOST_BYTES);
    this.#bytes += added;
  }

  #bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket !== undefined) return bucket;
    const [, account] = BOOTSTRAPPED.exec(name) ?? [];
    if (account === undefined) throw new NoSuchBucket();
    const born = { name, account, createdAt: 0, objects: new Map() };
    this.#buckets.set(name, born);
    return born;
  }

  #upload(id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined) throw new NoSuchUpload();
    return upload;
  }
}

function md5(bytes: Uint8Array): Buffer {
  return createHash("md5").update(bytes).digest();
}
