import { header } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { bodyOf } from "../body.ts";
import { EntityTooLarge, IncompleteBody, NoSuchBucket } from "../errors.ts";
import { bucketLabel, bytesBody, contentType, keyLabel, metadata, s3Operation } from "../operation.ts";

/** Keeps bytes under a key. API_PutObject. */
export const putObject = s3Operation({
  name: "PutObject",
  input: structure({
    Bucket: bucketLabel,
    Key: keyLabel,
    ContentType: contentType,
    Metadata: metadata,
    Body: bytesBody,
  }),
  output: structure({ ETag: header("ETag", string()) }),
  errors: [EntityTooLarge, IncompleteBody, NoSuchBucket],
  gaps: ["Checksums are not compared; encryption, access, tags and storage class make no difference."],
  http: { method: "PUT", path: "/{Bucket}/{Key+}" },
  handle({ call, store, now }, { Bucket, Key: key, ContentType, Metadata = {}, Body }) {
    const about = { key, contentType: ContentType, metadata: Metadata, changedAt: now() };
    return { ETag: store.put(Bucket, { ...about, bytes: bodyOf(call, Body) }).etag };
  },
});
