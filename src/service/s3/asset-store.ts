import { createHash } from "node:crypto";
import { bootstrapBucketPlace } from "../../kernel/cdk-bootstrap.ts";
import {
  BucketAlreadyExists,
  BucketAlreadyOwnedByYou,
  BucketNotEmpty,
  EntityTooLarge,
  EntityTooSmall,
  InvalidBucketName,
  InvalidPart,
  InvalidPartOrder,
  NoSuchBucket,
  NoSuchKey,
  NoSuchUpload,
  TooManyBuckets,
  TooManyObjects,
  TooManyUploads,
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
  /** Other headers that are given back with it, by name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What its uploader says the bytes come to, and by which algorithm. */
  readonly checksum?: Checksum | undefined;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

/** What bytes come to, as the header of that name has it. */
export interface Checksum {
  /** `x-amz-checksum-crc32`. */
  readonly header: string;
  readonly value: string;
}

interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: number;
  readonly objects: Map<string, StoredObject>;
  /** What was configured of it, as it was sent, by the name in the query string: `tagging`. */
  readonly configurations: Map<string, string>;
}

type About = Pick<StoredObject, "key" | "contentType" | "metadata" | "headers" | "checksum">;

/** An object that comes in parts. */
interface Upload extends About {
  readonly bucket: string;
  readonly account: string;
  readonly parts: Map<number, { readonly bytes: Uint8Array; readonly md5: Buffer }>;
}

/** What all buckets hold together, parts among it. They lie in memory. */
const MOST_BYTES = 512 * 1024 * 1024;
/** AWS: 10,000 of an account, unless it asked for more. */
const MOST_BUCKETS = 1000;
const MOST_OBJECTS = 100_000;
/** Of those that are neither completed nor aborted. */
const MOST_UPLOADS = 1000;
/** AWS: what a part has at least, unless it is the last. */
const LEAST_PART = 5 * 1024 * 1024;
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The buckets of all accounts, whose names are unique, and what lies in them. */
export class AssetStore {
  readonly #buckets = new Map<string, Bucket>();
  readonly #uploads = new Map<string, Upload>();
  #bytes = 0;
  #objects = 0;

  /** Of an account, by name. */
  buckets(account: string): readonly Pick<Bucket, "name" | "createdAt">[] {
    return [...this.#buckets.values()]
      .filter((bucket) => bucket.account === account)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Throws InvalidBucketName, BucketAlreadyOwnedByYou, BucketAlreadyExists and TooManyBuckets. */
  create(name: string, { account, region, createdAt }: Pick<Bucket, "account" | "region" | "createdAt">): void {
    if (!NAME.test(name) || name.includes("..")) throw new InvalidBucketName();
    const known = this.#buckets.get(name) ?? born(name);
    if (known !== undefined && known.account !== account) throw new BucketAlreadyExists();
    // Nobody has made yet what is there by itself.
    if (known !== undefined && known.createdAt > 0) throw new BucketAlreadyOwnedByYou();
    if (known === undefined && this.buckets(account).length >= MOST_BUCKETS) throw new TooManyBuckets();
    const { objects, configurations } = known ?? { objects: new Map(), configurations: new Map() };
    this.#buckets.set(name, { name, account, region, createdAt, objects, configurations });
  }

  /** What there is to know of a bucket. Throws NoSuchBucket. */
  bucket(name: string): Pick<Bucket, "region" | "account"> {
    return this.#bucket(name);
  }

  /** What was configured of a bucket under that name. Throws NoSuchBucket. */
  configuration(name: string, of: string): string | undefined {
    return this.#bucket(name).configurations.get(of);
  }

  /** Keeps a configuration as it was sent, or takes it away. Throws NoSuchBucket, and EntityTooLarge when there is too much. */
  configure(name: string, of: string, text: string | undefined): void {
    const { configurations } = this.#kept(name);
    this.#count(textBytes(text) - textBytes(configurations.get(of)));
    if (text === undefined) configurations.delete(of);
    else configurations.set(of, text);
  }

  /** The objects of a bucket, by key. Throws NoSuchBucket. */
  objects(name: string): readonly StoredObject[] {
    return [...this.#bucket(name).objects.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  delete(name: string): void {
    const { objects, configurations } = this.#bucket(name);
    if (objects.size > 0) throw new BucketNotEmpty();
    for (const text of configurations.values()) this.#bytes -= textBytes(text);
    this.#buckets.delete(name);
    for (const [id, { bucket }] of this.#uploads) if (bucket === name) this.abort(id);
  }

  /** What lies under a key, if anything does. Throws NoSuchBucket. */
  find(name: string, key: string): StoredObject | undefined {
    return this.#bucket(name).objects.get(key);
  }

  get(name: string, key: string): StoredObject {
    const object = this.find(name, key);
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
    if (objects.delete(key)) this.#objects -= 1;
  }

  begin(id: string, upload: Omit<Upload, "parts">): void {
    this.#kept(upload.bucket);
    if (this.#uploads.size >= MOST_UPLOADS) throw new TooManyUploads(MOST_UPLOADS);
    this.#uploads.set(id, { ...upload, parts: new Map() });
  }

  /** Throws NoSuchUpload unless that is an upload of the key to the bucket. */
  checkUpload(id: string, bucket: string, key: string): void {
    const upload = this.#upload(id);
    if (upload.bucket !== bucket || upload.key !== key) throw new NoSuchUpload();
  }

  /** Throws InvalidPart, InvalidPartOrder and EntityTooSmall unless an object can be made of those parts. */
  checkParts(id: string, wanted: readonly { readonly number: number; readonly etag: string | undefined }[]): void {
    const { parts } = this.#upload(id);
    const isInOrder = wanted.every(({ number }, at) => number > (wanted[at - 1]?.number ?? 0));
    if (!isInOrder) throw new InvalidPartOrder();
    wanted.forEach(({ number, etag }, at) => {
      const part = parts.get(number);
      if (part === undefined || (etag !== undefined && unquoted(etag) !== part.md5.toString("hex"))) {
        throw new InvalidPart();
      }
      if (at < wanted.length - 1 && part.bytes.length < LEAST_PART) throw new EntityTooSmall();
    });
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
      for (const text of bucket.configurations.values()) this.#bytes -= textBytes(text);
      this.#objects -= bucket.objects.size;
      this.#buckets.delete(name);
    }
    for (const [id, upload] of this.#uploads) if (account === undefined || upload.account === account) this.abort(id);
  }

  #keep(name: string, object: StoredObject & { readonly account?: string }): StoredObject {
    const { objects } = this.#kept(name);
    const isNew = !objects.has(object.key);
    if (isNew && this.#objects >= MOST_OBJECTS) throw new TooManyObjects(MOST_OBJECTS);
    this.#count(object.bytes.length - (objects.get(object.key)?.bytes.length ?? 0));
    objects.set(object.key, object);
    if (isNew) this.#objects += 1;
    return object;
  }

  #count(added: number): void {
    if (this.#bytes + added > MOST_BYTES) throw new EntityTooLarge(MOST_BYTES);
    this.#bytes += added;
  }

  #bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name) ?? born(name);
    if (bucket === undefined) throw new NoSuchBucket();
    return bucket;
  }

  /** The same where something of it changes: what is there by itself is kept from then on. */
  #kept(name: string): Bucket {
    const bucket = this.#bucket(name);
    this.#buckets.set(name, bucket);
    return bucket;
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

/** The bucket of that name which is there without anybody having made it. */
function born(name: string): Bucket | undefined {
  const place = bootstrapBucketPlace(name);
  return place && { name, ...place, createdAt: 0, objects: new Map(), configurations: new Map() };
}

function textBytes(text: string | undefined): number {
  return text === undefined ? 0 : Buffer.byteLength(text);
}

function unquoted(etag: string): string {
  return etag.replace(/^"(.*)"$/, "$1");
}
