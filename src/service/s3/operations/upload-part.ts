import { header, query } from "../../../model/location.ts";
import { integer, required, string, structure } from "../../../model/shape.ts";
import { sentBody } from "../body.ts";
import {
  BadDigest,
  EntityTooLarge,
  IncompleteBody,
  InvalidChunkSizeError,
  InvalidDigest,
  InvalidRequest,
  MalformedTrailerError,
  NoSuchUpload,
  NotImplemented,
} from "../errors.ts";
import { putMembers, putView } from "../object-headers.ts";
import { bucketLabel, bytesBody, keyLabel, s3Operation } from "../operation.ts";

/** Keeps a part of an object. API_UploadPart. */
export const uploadPart = s3Operation({
  name: "UploadPart",
  input: structure({
    Bucket: bucketLabel,
    Key: keyLabel,
    PartNumber: required(query("partNumber", integer({ min: 1, max: 10_000 }))),
    UploadId: required(query("uploadId", string())),
    CopySource: header("x-amz-copy-source", string()),
    Body: bytesBody,
  }),
  output: structure(putMembers),
  errors: [
    ...[BadDigest, EntityTooLarge, IncompleteBody, InvalidChunkSizeError, InvalidDigest, InvalidRequest],
    ...[MalformedTrailerError, NoSuchUpload, NotImplemented],
  ],
  http: { method: "PUT", path: "/{Bucket}/{Key+}?partNumber&uploadId" },
  handle({ call, store }, { Bucket, Key, PartNumber, UploadId, CopySource, Body }) {
    if (CopySource !== undefined) throw new NotImplemented();
    store.checkUpload(UploadId, Bucket, Key);
    const { bytes, checksum } = sentBody(call, Body);
    return putView({ etag: store.putPart(UploadId, PartNumber, bytes), checksum });
  },
});
