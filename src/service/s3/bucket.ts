import { bootstrapBucketPlace } from "../../kernel/cdk-bootstrap.ts";
import { type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { type About, type AssetEvent, bucketResource, piecesOf } from "./asset-events.ts";
import { KeptObjects, type StoredObject } from "./kept-objects.ts";
import type { Part } from "./upload-parts.ts";

export interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: number;
  readonly objects: KeptObjects;
  /** What was configured of it, as it was sent, by the name in the query string: `tagging`. */
  readonly configurations: Map<string, string>;
}

/** An object that comes in parts. */
export interface Upload extends About {
  readonly bucket: string;
  readonly account: string;
  readonly parts: Map<number, Part>;
}

/** The entries that build a bucket as it is now, what lies in it, and what is on its way there, whenever they are read. */
export function entriesOf(bucket: Bucket, all: ReadonlyMap<string, Upload>): Taken<Entry<AssetEvent>> {
  const resource = bucketResource(bucket.account, bucket.name);
  const events = eventsOf(bucket, all);
  return takenAs(function* () {
    for (const event of events) yield { resource, event };
  });
}

function eventsOf(bucket: Bucket, all: ReadonlyMap<string, Upload>): Taken<AssetEvent> {
  const { name, region, createdAt } = bucket;
  const [objects, configurations] = [[...bucket.objects.list()], [...bucket.configurations]];
  const uploads = [...all].filter(([, upload]) => upload.bucket === name);
  const begun = uploads.map(([id, { parts, ...upload }]) => ({ id, upload, parts: [...parts] }));
  return takenAs(function* () {
    yield { type: "bucketCreated", at: createdAt, region };
    for (const [of, text] of configurations) yield { type: "bucketConfigured", at: 0, of, text };
    for (const object of objects) {
      yield* piecesOf(object.bytes);
      yield objectPut(object);
    }
    for (const { id, upload, parts } of begun) yield* uploadEvents(id, upload, parts);
  });
}

function* uploadEvents(
  upload: string,
  { bucket: _bucket, account: _account, ...about }: Omit<Upload, "parts">,
  parts: readonly (readonly [number, { readonly bytes: Uint8Array }])[],
): Generator<AssetEvent, void, void> {
  yield { type: "uploadBegun", at: 0, upload, ...about };
  for (const [number, { bytes }] of parts) {
    yield* piecesOf(bytes);
    yield { type: "partPut", at: 0, upload, number };
  }
}

/** What lies in a bucket and is configured of it, without what is on its way there. */
export function bytesIn({ objects, configurations }: Bucket): number {
  let bytes = 0;
  for (const object of objects.list()) bytes += object.bytes.length;
  for (const text of configurations.values()) bytes += textBytes(text);
  return bytes;
}

export function textBytes(text: string | undefined): number {
  return text === undefined ? 0 : Buffer.byteLength(text);
}

/** The event that puts an object, whose bytes come before it. */
export function objectPut({ bytes: _bytes, changedAt: at, ...facts }: StoredObject): AssetEvent {
  return { type: "objectPut", at, ...facts };
}

/** The bucket of that name which is there without anybody having made it. */
export function born(name: string): Bucket | undefined {
  const place = bootstrapBucketPlace(name);
  return place && { name, ...place, createdAt: 0, objects: new KeptObjects(), configurations: new Map() };
}
