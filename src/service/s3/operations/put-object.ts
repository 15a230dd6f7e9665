import { header } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { checkWrite } from "../asked-object.ts";
import { sentBody } from "../body.ts";
import {
  BadDigest,
  EntityTooLarge,
  IncompleteBody,
  InvalidChunkSizeError,
  InvalidDigest,
  InvalidRequest,
  MalformedTrailerError,
  MetadataTooLarge,
  NoSuchBucket,
  NotImplemented,
  PreconditionFailed,
} from "../errors.ts";
import { aboutMembers, aboutOf, putMembers, putView } from "../object-headers.ts";
import { bucketLabel, bytesBody, keyLabel, s3Operation } from "../operation.ts";

/** Keeps bytes under a key. API_PutObject. */
export const putObject = s3Operation({
  name: "PutObject",
  input: structure({
    Bucket: bucketLabel,
    Key: keyLabel,
    ...aboutMembers,
    IfMatch: header("If-Match", string()),
    IfNoneMatch: header("If-None-Match", string()),
    Body: bytesBody,
  }),
  output: structure(putMembers),
  errors: [
    ...[BadDigest, EntityTooLarge, IncompleteBody, InvalidDigest, InvalidRequest, MetadataTooLarge, NoSuchBucket],
    ...[InvalidChunkSizeError, MalformedTrailerError, NotImplemented, PreconditionFailed],
  ],
  gaps: [
    "Encryption, access, tags and storage class make no difference; objects are not copied.",
    "Checksums are compared but for CRC64NVME, which is taken at its word.",
  ],
  http: { method: "PUT", path: "/{Bucket}/{Key+}" },
  handle({ call, store, now }, { Bucket, Key: key, Body, IfMatch, IfNoneMatch, ...given }) {
    checkWrite(store.find(Bucket, key), { IfMatch, IfNoneMatch });
    return putView(store.put(Bucket, { key, ...aboutOf(given), ...sentBody(call, Body), changedAt: now() }));
  },
});
