import { header } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { bodyOf } from "../body.ts";
import {
  BucketAlreadyExists,
  BucketAlreadyOwnedByYou,
  InvalidBucketName,
  MalformedXml,
  TooManyBuckets,
} from "../errors.ts";
import { bucketLabel, bytesBody, s3Operation } from "../operation.ts";
import { readXml } from "../xml.ts";

/** Makes a bucket. API_CreateBucket. */
export const createBucket = s3Operation({
  name: "CreateBucket",
  input: structure({ Bucket: bucketLabel, CreateBucketConfiguration: bytesBody }),
  output: structure({ Location: header("Location", string()) }),
  errors: [BucketAlreadyExists, BucketAlreadyOwnedByYou, InvalidBucketName, MalformedXml, TooManyBuckets],
  gaps: [
    "Access makes no difference. A bucket can be made in any region, whichever is called.",
    "An account has a thousand buckets at most.",
  ],
  http: { method: "PUT", path: "/{Bucket}" },
  handle({ call, store, now }, { Bucket, CreateBucketConfiguration }) {
    const { account, region } = call.scope;
    const wanted = regionIn(bodyOf(call, CreateBucketConfiguration));
    store.create(Bucket, { account, region: wanted ?? region, createdAt: now() });
    return { Location: `/${Bucket}` };
  },
});

/** AWS: the name that Ireland had once. */
const FORMER_NAMES: Readonly<Record<string, string>> = { EU: "eu-west-1" };

function regionIn(document: Uint8Array): string | undefined {
  if (document.length === 0) return undefined;
  const { LocationConstraint: constraint } = readXml(document, "CreateBucketConfiguration");
  if (constraint === undefined || constraint === "") return undefined;
  if (typeof constraint !== "string") throw new MalformedXml();
  return FORMER_NAMES[constraint] ?? constraint;
}
