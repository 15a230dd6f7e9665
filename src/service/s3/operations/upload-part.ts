import { header, query } from "../../../model/location.ts";
import { integer, required, string, structure } from "../../../model/shape.ts";
import { bodyOf } from "../body.ts";
import { EntityTooLarge, IncompleteBody, NoSuchUpload } from "../errors.ts";
import { bucketLabel, bytesBody, keyLabel, s3Operation } from "../operation.ts";

/** Keeps a part of an object. API_UploadPart. */
export const uploadPart = s3Operation({
  name: "UploadPart",
  input: structure({
    Bucket: bucketLabel,
    Key: keyLabel,
    PartNumber: required(query("partNumber", integer({ min: 1, max: 10_000 }))),
    UploadId: required(query("uploadId", string())),
    Body: bytesBody,
  }),
  output: structure({ ETag: header("ETag", string()) }),
  errors: [EntityTooLarge, IncompleteBody, NoSuchUpload],
  http: { method: "PUT", path: "/{Bucket}/{Key+}?partNumber&uploadId" },
  handle: ({ call, store }, { PartNumber, UploadId, Body }) => ({
    ETag: store.putPart(UploadId, PartNumber, bodyOf(call, Body)),
  }),
});
