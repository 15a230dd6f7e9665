import { scopeOfArn } from "../../kernel/arn.ts";
import type { IndexRange } from "../../kernel/collection/ordered-index.ts";
import { readAtOnce, type Taken } from "../../kernel/collection/taken.ts";
import { md5 } from "../../kernel/digest.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { type About, type AssetEvent, type AssetListener, bucketResource, piecesOf } from "./asset-events.ts";
import { type Bucket, born, bytesIn, entriesOf, objectPut, textBytes, type Upload } from "./bucket.ts";
import {
  BucketAlreadyExists,
  BucketAlreadyOwnedByYou,
  BucketNotEmpty,
  EntityTooLarge,
  InvalidBucketName,
  NoSuchBucket,
  NoSuchKey,
  NoSuchUpload,
  TooManyBuckets,
  TooManyObjects,
  TooManyUploads,
} from "./errors.ts";
import { KeptObjects, type StoredObject } from "./kept-objects.ts";
import { chosenOf, refuseParts, type WantedPart } from "./upload-parts.ts";

/** What all buckets hold together, parts among it. They lie in memory. */
const MOST_BYTES = 512 * 1024 * 1024;
/** AWS: 10,000 of an account, unless it asked for more. */
const MOST_BUCKETS = 1000;
const MOST_OBJECTS = 100_000;
/** Of those that are neither completed nor aborted. */
const MOST_UPLOADS = 1000;
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The buckets of all accounts, whose names are unique, and what lies in them. */
export class AssetStore {
  readonly #buckets = new Map<string, Bucket>();
  readonly #uploads = new Map<string, Upload>();
  #bytes = 0;
  #objects = 0;
  #listener: AssetListener | undefined;
  /** Bytes that entries held, of which the one is still to come that says what they are. */
  #pieces: Buffer[] = [];

  /** Of an account, by name. */
  buckets(account: string): readonly Pick<Bucket, "name" | "createdAt">[] {
    return this.#bucketsOf(account);
  }

  /** Throws InvalidBucketName, BucketAlreadyOwnedByYou, BucketAlreadyExists and TooManyBuckets. */
  create(name: string, { account, region, createdAt }: Pick<Bucket, "account" | "region" | "createdAt">): void {
    if (!NAME.test(name) || name.includes("..")) throw new InvalidBucketName();
    const known = this.#buckets.get(name) ?? born(name);
    if (known !== undefined && known.account !== account) throw new BucketAlreadyExists();
    // Nobody has made yet what is there by itself.
    if (known !== undefined && known.createdAt > 0) throw new BucketAlreadyOwnedByYou();
    if (known === undefined && this.buckets(account).length >= MOST_BUCKETS) throw new TooManyBuckets();
    const { objects, configurations } = known ?? { objects: new KeptObjects(), configurations: new Map() };
    this.#add({ name, account, region, createdAt, objects, configurations });
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
    const { configurations, account } = this.#kept(name);
    this.#count(textBytes(text) - textBytes(configurations.get(of)));
    if (text === undefined) configurations.delete(of);
    else configurations.set(of, text);
    this.#tell(account, name, { type: "bucketConfigured", at: 0, of, text });
  }

  /** The objects of a bucket that are in the range, by key, to be taken at once. Throws NoSuchBucket. */
  objects(name: string, range: IndexRange): Iterable<StoredObject> {
    return this.#bucket(name).objects.list(range);
  }

  delete(name: string): void {
    const bucket = this.#bucket(name);
    if (bucket.objects.size > 0) throw new BucketNotEmpty();
    this.#bytes -= bytesIn(bucket);
    this.#buckets.delete(name);
    for (const [id, upload] of this.#uploads) if (upload.bucket === name) this.#drop(id);
    this.#tell(bucket.account, name, { type: "bucketDeleted", at: 0 });
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
    const object = this.#keep(name, { ...about, etag: `"${md5(about.bytes)}"` });
    this.#tell(this.#bucket(name).account, name, objectPut(object), object.bytes);
    return object;
  }

  deleteObject(name: string, key: string): void {
    const { account, objects } = this.#bucket(name);
    this.#bytes -= objects.get(key)?.bytes.length ?? 0;
    if (!objects.delete(key)) return;
    this.#objects -= 1;
    this.#tell(account, name, { type: "objectDeleted", at: 0, key });
  }

  begin(id: string, { bucket, ...about }: Pick<Upload, "bucket"> & About): void {
    const { account } = this.#kept(bucket);
    if (this.#uploads.size >= MOST_UPLOADS) throw new TooManyUploads(MOST_UPLOADS);
    this.#uploads.set(id, { ...about, bucket, account, parts: new Map() });
    this.#tell(account, bucket, { type: "uploadBegun", at: 0, upload: id, ...about });
  }

  /** Throws NoSuchUpload unless that is an upload of the key to the bucket. */
  checkUpload(id: string, bucket: string, key: string): void {
    const upload = this.#upload(id);
    if (upload.bucket !== bucket || upload.key !== key) throw new NoSuchUpload();
  }

  /** Throws InvalidPart, InvalidPartOrder and EntityTooSmall unless an object can be made of those parts. */
  checkParts(id: string, wanted: readonly WantedPart[]): void {
    refuseParts(this.#upload(id).parts, wanted);
  }

  /** Keeps a part and returns its tag. */
  putPart(id: string, number: number, bytes: Uint8Array): string {
    const { parts, account, bucket } = this.#upload(id);
    this.#count(bytes.length - (parts.get(number)?.bytes.length ?? 0));
    const digest = md5(bytes);
    parts.set(number, { bytes, md5: digest });
    this.#tell(account, bucket, { type: "partPut", at: 0, upload: id, number }, bytes);
    return `"${digest}"`;
  }

  /** Makes an object of the parts with those numbers. */
  complete(id: string, numbers: readonly number[], changedAt: number): StoredObject {
    const { bucket, account, parts, ...about } = this.#upload(id);
    this.#checkRoom(bucket, about.key);
    const chosen = chosenOf(parts, numbers);
    const bytes = Buffer.concat(chosen.map((part) => part.bytes));
    const etag = `"${md5(Buffer.concat(chosen.map((part) => Buffer.from(part.md5, "hex"))))}-${chosen.length}"`;
    this.#drop(id);
    const object = this.#keep(bucket, { ...about, bytes, etag, changedAt });
    this.#tell(account, bucket, { type: "uploadCompleted", at: changedAt, upload: id, numbers });
    return object;
  }

  abort(id: string): void {
    const { account, bucket } = this.#upload(id);
    this.#drop(id);
    this.#tell(account, bucket, { type: "uploadAborted", at: 0, upload: id });
  }

  /** Has somebody hear of everything that happens from now on but resets. There is one who does, at the most. */
  listen(listener: AssetListener): void {
    this.#listener = listener;
  }

  /** The entries that build all there is, or what is of one account. */
  *entries(account?: string): Generator<Entry<AssetEvent>, void, void> {
    for (const entries of this.taken(account)) yield* readAtOnce(entries);
  }

  /** The same, each bucket as it is when it is taken, whenever it is read; to be taken at once. */
  *taken(account?: string): Generator<Taken<Entry<AssetEvent>>, void, void> {
    for (const bucket of this.#bucketsOf(account)) yield entriesOf(bucket, this.#uploads);
  }

  /** Applies an entry that was kept. */
  replay({ resource, event }: Entry<AssetEvent>): void {
    const name = resource.slice(resource.lastIndexOf(":") + 1);
    switch (event.type) {
      case "bucketCreated": {
        const { region, at: createdAt } = event;
        return this.create(name, { account: scopeOfArn(resource).account, region, createdAt });
      }
      case "bucketConfigured":
        return this.configure(name, event.of, event.text);
      case "bucketDeleted":
        return this.delete(name);
      case "bytesKept":
        this.#pieces.push(Buffer.from(event.data, "base64"));
        return;
      case "objectPut": {
        const { type: _type, at: changedAt, ...facts } = event;
        this.#keep(name, { ...facts, bytes: this.#gathered(), changedAt });
        return;
      }
      case "objectDeleted":
        return this.deleteObject(name, event.key);
      case "uploadBegun": {
        const { type: _type, at: _at, upload, ...about } = event;
        return this.begin(upload, { bucket: name, ...about });
      }
      case "partPut":
        this.putPart(event.upload, event.number, this.#gathered());
        return;
      case "uploadCompleted":
        this.complete(event.upload, event.numbers, event.at);
        return;
      case "uploadAborted":
        return this.abort(event.upload);
    }
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const [name, bucket] of this.#buckets) {
      if (account !== undefined && bucket.account !== account) continue;
      this.#bytes -= bytesIn(bucket);
      this.#objects -= bucket.objects.size;
      this.#buckets.delete(name);
    }
    for (const [id, upload] of this.#uploads) if (account === undefined || upload.account === account) this.#drop(id);
    this.#pieces = [];
  }

  #tell(account: string, name: string, event: AssetEvent, bytes?: Uint8Array): void {
    if (this.#listener === undefined) return;
    const resource = bucketResource(account, name);
    for (const piece of bytes === undefined ? [] : piecesOf(bytes)) this.#listener(account, { resource, event: piece });
    this.#listener(account, { resource, event });
  }

  /** The bytes that the latest entries held. */
  #gathered(): Buffer {
    return Buffer.concat(this.#pieces.splice(0));
  }

  /** By name. */
  #bucketsOf(account: string | undefined): readonly Bucket[] {
    return [...this.#buckets.values()]
      .filter((bucket) => account === undefined || bucket.account === account)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  #add(bucket: Bucket): void {
    const { name, account, region, createdAt } = bucket;
    this.#buckets.set(name, bucket);
    this.#tell(account, name, { type: "bucketCreated", at: createdAt, region });
  }

  #drop(id: string): void {
    for (const { bytes } of this.#upload(id).parts.values()) this.#bytes -= bytes.length;
    this.#uploads.delete(id);
  }

  #keep(name: string, object: StoredObject): StoredObject {
    this.#checkRoom(name, object.key);
    const { objects } = this.#kept(name);
    const former = objects.get(object.key);
    this.#count(object.bytes.length - (former?.bytes.length ?? 0));
    objects.set(object);
    if (former === undefined) this.#objects += 1;
    return object;
  }

  /** Throws TooManyObjects when a new key would be one too many, and NoSuchBucket. */
  #checkRoom(name: string, key: string): void {
    if (this.#objects >= MOST_OBJECTS && this.find(name, key) === undefined) throw new TooManyObjects(MOST_OBJECTS);
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
    if (!this.#buckets.has(name)) this.#add(bucket);
    return bucket;
  }

  #upload(id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined) throw new NoSuchUpload();
    return upload;
  }
}
