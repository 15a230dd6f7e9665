import { query } from "../../../model/location.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { NoSuchUpload } from "../errors.ts";
import { bucketLabel, keyLabel, s3Operation } from "../operation.ts";

/** Forgets the parts of an object. API_AbortMultipartUpload. */
export const abortMultipartUpload = s3Operation({
  name: "AbortMultipartUpload",
  input: structure({ Bucket: bucketLabel, Key: keyLabel, UploadId: required(query("uploadId", string())) }),
  errors: [NoSuchUpload],
  http: { method: "DELETE", path: "/{Bucket}/{Key+}?uploadId", status: 204 },
  handle({ store }, { Bucket, Key, UploadId }) {
    store.checkUpload(UploadId, Bucket, Key);
    store.abort(UploadId);
  },
});
