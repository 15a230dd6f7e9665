import { type Service, serviceOf } from "../service.ts";
import type { S3Deps, S3Operation } from "./operation.ts";
import { abortMultipartUpload } from "./operations/abort-multipart-upload.ts";
import { completeMultipartUpload } from "./operations/complete-multipart-upload.ts";
import { bucketConfigurations } from "./operations/configurations.ts";
import { createBucket } from "./operations/create-bucket.ts";
import { createMultipartUpload } from "./operations/create-multipart-upload.ts";
import { deleteBucket } from "./operations/delete-bucket.ts";
import { deleteObject } from "./operations/delete-object.ts";
import { deleteObjects } from "./operations/delete-objects.ts";
import { getBucketLocation } from "./operations/get-bucket-location.ts";
import { getObject } from "./operations/get-object.ts";
import { headBucket } from "./operations/head-bucket.ts";
import { headObject } from "./operations/head-object.ts";
import { listBuckets } from "./operations/list-buckets.ts";
import { listObjectVersions } from "./operations/list-object-versions.ts";
import { listObjectsV2 } from "./operations/list-objects-v2.ts";
import { putObject } from "./operations/put-object.ts";
import { uploadPart } from "./operations/upload-part.ts";
import { s3Model, type s3Operations } from "./s3-model.ts";

const table: Readonly<Record<(typeof s3Operations)[number]["name"], S3Operation>> = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
  HeadBucket: headBucket,
  DeleteBucket: deleteBucket,
  GetBucketLocation: getBucketLocation,
  ...bucketConfigurations,
  ListObjectsV2: listObjectsV2,
  ListObjectVersions: listObjectVersions,
  DeleteObjects: deleteObjects,
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
};

/** Amazon S3 as a store of assets, on the buckets it is given. */
export function createS3Service({ store, ids, clockOf }: S3Deps): Service {
  return serviceOf(s3Model, table, (call) => ({ call, store, ids, now: () => clockOf(call.scope.account).now() }));
}
