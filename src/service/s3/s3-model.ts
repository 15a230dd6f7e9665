import type { ServiceModel } from "../../model/contract.ts";
import type { OperationOutline } from "../service.ts";

/** What the wire formats and the router know of Amazon S3. */
export const s3Model: ServiceModel = {
  id: "s3",
  title: "Amazon S3 for assets",
  apiVersion: "2006-03-01",
  protocols: ["restXml"],
  xmlNamespace: "http://s3.amazonaws.com/doc/2006-03-01/",
  resourceMembers: ["Bucket", "Key"],
  subresources: [
    ...["accelerate", "acl", "analytics", "attributes", "cors", "delete", "encryption", "intelligent-tiering"],
    ...["inventory", "legal-hold", "lifecycle", "location", "logging", "metrics", "notification", "object-lock"],
    ...[
      "ownershipControls",
      "partNumber",
      "policy",
      "policyStatus",
      "publicAccessBlock",
      "renameObject",
      "replication",
    ],
    ...["requestPayment", "restore", "retention", "select", "tagging", "torrent", "uploadId", "uploads", "versioning"],
    ...["versions", "website"],
  ],
  gaps: [
    "It is there for what deploy tools upload, in memory: 512 MiB and 100,000 objects in all accounts together; nothing else of S3 is.",
    "Signatures are not verified; requests without one are accepted when host or path say that they are for S3.",
    "The bucket of the CDK's bootstrap, cdk-hnb659fds-assets-<account>-<region>, is always there.",
    "A version of an object replaces the one before.",
  ],
};

const bucket = "/{Bucket}";
const object = "/{Bucket}/{Key+}";

/** The operations that are served, and where they are found. */
export const s3Operations = [
  { name: "ListBuckets", http: { method: "GET", path: "/" } },
  { name: "CreateBucket", http: { method: "PUT", path: bucket } },
  { name: "HeadBucket", http: { method: "HEAD", path: bucket } },
  { name: "DeleteBucket", http: { method: "DELETE", path: bucket, status: 204 } },
  { name: "GetBucketLocation", http: { method: "GET", path: `${bucket}?location` } },
  { name: "PutBucketPolicy", http: { method: "PUT", path: `${bucket}?policy`, status: 204 } },
  { name: "GetBucketPolicy", http: { method: "GET", path: `${bucket}?policy` } },
  { name: "DeleteBucketPolicy", http: { method: "DELETE", path: `${bucket}?policy`, status: 204 } },
  { name: "PutBucketVersioning", http: { method: "PUT", path: `${bucket}?versioning` } },
  { name: "GetBucketVersioning", http: { method: "GET", path: `${bucket}?versioning` } },
  { name: "PutBucketTagging", http: { method: "PUT", path: `${bucket}?tagging`, status: 204 } },
  { name: "GetBucketTagging", http: { method: "GET", path: `${bucket}?tagging` } },
  { name: "DeleteBucketTagging", http: { method: "DELETE", path: `${bucket}?tagging`, status: 204 } },
  { name: "PutBucketEncryption", http: { method: "PUT", path: `${bucket}?encryption` } },
  { name: "GetBucketEncryption", http: { method: "GET", path: `${bucket}?encryption` } },
  { name: "DeleteBucketEncryption", http: { method: "DELETE", path: `${bucket}?encryption`, status: 204 } },
  { name: "PutPublicAccessBlock", http: { method: "PUT", path: `${bucket}?publicAccessBlock` } },
  { name: "GetPublicAccessBlock", http: { method: "GET", path: `${bucket}?publicAccessBlock` } },
  { name: "DeletePublicAccessBlock", http: { method: "DELETE", path: `${bucket}?publicAccessBlock`, status: 204 } },
  { name: "PutBucketNotificationConfiguration", http: { method: "PUT", path: `${bucket}?notification` } },
  { name: "GetBucketNotificationConfiguration", http: { method: "GET", path: `${bucket}?notification` } },
  { name: "PutBucketLifecycleConfiguration", http: { method: "PUT", path: `${bucket}?lifecycle` } },
  { name: "GetBucketLifecycleConfiguration", http: { method: "GET", path: `${bucket}?lifecycle` } },
  { name: "DeleteBucketLifecycle", http: { method: "DELETE", path: `${bucket}?lifecycle`, status: 204 } },
  { name: "ListObjectsV2", http: { method: "GET", path: bucket } },
  { name: "ListObjectVersions", http: { method: "GET", path: `${bucket}?versions` } },
  { name: "DeleteObjects", http: { method: "POST", path: `${bucket}?delete` } },
  { name: "PutObject", http: { method: "PUT", path: object } },
  { name: "GetObject", http: { method: "GET", path: object } },
  { name: "HeadObject", http: { method: "HEAD", path: object } },
  { name: "DeleteObject", http: { method: "DELETE", path: object, status: 204 } },
  { name: "CreateMultipartUpload", http: { method: "POST", path: `${object}?uploads` } },
  { name: "UploadPart", http: { method: "PUT", path: `${object}?partNumber&uploadId` } },
  { name: "CompleteMultipartUpload", http: { method: "POST", path: `${object}?uploadId` } },
  { name: "AbortMultipartUpload", http: { method: "DELETE", path: `${object}?uploadId`, status: 204 } },
] as const satisfies readonly OperationOutline[];
