import { structure } from "../../../model/shape.ts";
import { NoSuchBucket } from "../errors.ts";
import { bucketLabel, s3Operation, xmlBody } from "../operation.ts";
import { xmlDocument } from "../xml.ts";

/** AWS: the oldest region has no name here. */
const UNNAMED = "us-east-1";

/** Tells the region of a bucket. API_GetBucketLocation. */
export const getBucketLocation = s3Operation({
  name: "GetBucketLocation",
  input: structure({ Bucket: bucketLabel }),
  output: structure({ Body: xmlBody }),
  errors: [NoSuchBucket],
  http: { method: "GET", path: "/{Bucket}?location" },
  handle({ store }, { Bucket }) {
    const { region } = store.bucket(Bucket);
    return { Body: xmlDocument("LocationConstraint", region === UNNAMED ? "" : region) };
  },
});
