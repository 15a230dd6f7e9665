import { structure } from "../../../model/shape.ts";
import { NoSuchBucket } from "../errors.ts";
import { bucketLabel, s3Operation, xmlBody } from "../operation.ts";
import { xmlDocument } from "../xml.ts";

/** Tells how a bucket encrypts. API_GetBucketEncryption. AWS: with S3's own keys unless it is configured otherwise. */
export const getBucketEncryption = s3Operation({
  name: "GetBucketEncryption",
  input: structure({ Bucket: bucketLabel }),
  output: structure({ Body: xmlBody }),
  errors: [NoSuchBucket],
  http: { method: "GET", path: "/{Bucket}?encryption" },
  handle({ store }, { Bucket }) {
    store.objects(Bucket);
    const Rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false };
    return { Body: xmlDocument("ServerSideEncryptionConfiguration", { Rule }) };
  },
});
