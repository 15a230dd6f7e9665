import { bootstrapBucketPlace } from "../../kernel/cdk-bootstrap.ts";
import { type About, type AssetEvent, piecesOf } from "./asset-events.ts";
import type { Part } from "./upload-parts.ts";

/** What lies under a key. */
export interface StoredObject extends About {
  readonly bytes: Uint8Array;
  /** In quotes. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

export interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: number;
  readonly objects: Map<string, StoredObject>;
  /** What was configured of it, as it was sent, by the name in the query string: `tagging`. */
  readonly configurations: Map<string, string>;
}

/** An object that comes in parts. */
export interface Upload extends About {
  readonly bucket: string;
  readonly account: string;
  readonly parts: Map<number, Part>;
}

/** The events that build a bucket, what lies in it, and what is on its way there. */
export function* eventsIn(
  { name, region, createdAt, objects, configurations }: Bucket,
  uploads: ReadonlyMap<string, Upload>,
): Generator<AssetEvent, void, void> {
  yield { type: "bucketCreated", at: createdAt, region };
  for (const [of, text] of configurations) yield { type: "bucketConfigured", at: 0, of, text };
  for (const object of sortedObjects({ objects })) {
    yield* piecesOf(object.bytes);
    yield objectPut(object);
  }
  for (const [upload, { bucket, account: _account, parts, ...about }] of uploads) {
    if (bucket !== name) continue;
    yield { type: "uploadBegun", at: 0, upload, ...about };
    for (const [number, { bytes }] of parts) {
      yield* piecesOf(bytes);
      yield { type: "partPut", at: 0, upload, number };
    }
  }
}

/** By key. */
export function sortedObjects({ objects }: Pick<Bucket, "objects">): readonly StoredObject[] {
  return [...objects.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** The event that puts an object, whose bytes come before it. */
export function objectPut({ bytes: _bytes, changedAt: at, ...facts }: StoredObject): AssetEvent {
  return { type: "objectPut", at, ...facts };
}

/** The bucket of that name which is there without anybody having made it. */
export function born(name: string): Bucket | undefined {
  const place = bootstrapBucketPlace(name);
  return place && { name, ...place, createdAt: 0, objects: new Map(), configurations: new Map() };
}
