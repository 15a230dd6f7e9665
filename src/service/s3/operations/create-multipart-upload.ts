import { structure } from "../../../model/shape.ts";
import { MetadataTooLarge, NoSuchBucket, NotImplemented, TooManyUploads } from "../errors.ts";
import { aboutMembers, aboutOf } from "../object-headers.ts";
import { bucketLabel, keyLabel, s3Operation, xmlBody } from "../operation.ts";
import { xmlDocument } from "../xml.ts";

/** Begins an object that comes in parts. API_CreateMultipartUpload. */
export const createMultipartUpload = s3Operation({
  name: "CreateMultipartUpload",
  input: structure({ Bucket: bucketLabel, Key: keyLabel, ...aboutMembers }),
  output: structure({ Body: xmlBody }),
  errors: [MetadataTooLarge, NoSuchBucket, NotImplemented, TooManyUploads],
  gaps: ["There are a thousand uploads at most that are neither completed nor aborted."],
  http: { method: "POST", path: "/{Bucket}/{Key+}?uploads" },
  handle({ store, ids }, { Bucket, Key: key, ...given }) {
    const UploadId = ids.uuid();
    store.begin(UploadId, { bucket: Bucket, key, ...aboutOf(given) });
    return { Body: xmlDocument("InitiateMultipartUploadResult", { Bucket, Key: key, UploadId }) };
  },
});
