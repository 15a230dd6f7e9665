import { structure } from "../../../model/shape.ts";
import { NoSuchBucket } from "../errors.ts";
import { bucketLabel, contentType, keyLabel, metadata, s3Operation, xmlBody } from "../operation.ts";
import { xmlDocument } from "../xml.ts";

/** Begins an object that comes in parts. API_CreateMultipartUpload. */
export const createMultipartUpload = s3Operation({
  name: "CreateMultipartUpload",
  input: structure({ Bucket: bucketLabel, Key: keyLabel, ContentType: contentType, Metadata: metadata }),
  output: structure({ Body: xmlBody }),
  errors: [NoSuchBucket],
  http: { method: "POST", path: "/{Bucket}/{Key+}?uploads" },
  handle({ call, store, ids }, { Bucket, Key: key, ContentType, Metadata = {} }) {
    const UploadId = ids.uuid();
    const { account } = call.scope;
    store.begin(UploadId, { bucket: Bucket, account, key, contentType: ContentType, metadata: Metadata });
    return { Body: xmlDocument("InitiateMultipartUploadResult", { Bucket, Key: key, UploadId }) };
  },
});
