import { deleteConfiguration, getConfiguration, putConfiguration } from "../configuration.ts";
import { NoSuchBucketPolicy, NoSuchLifecycleConfiguration, NoSuchTagSet } from "../errors.ts";
import { xmlDocument } from "../xml.ts";

/** What is configured of buckets: API_PutBucketPolicy and its like. AWS: what each answers before, API reference. */

const policy = { query: "policy", member: "Policy", absent: NoSuchBucketPolicy };
const versioning = {
  query: "versioning",
  member: "VersioningConfiguration",
  root: "VersioningConfiguration",
  absent: xmlDocument("VersioningConfiguration", {}),
};
const tagging = { query: "tagging", member: "Tagging", root: "Tagging", absent: NoSuchTagSet };
const encryption = {
  query: "encryption",
  member: "ServerSideEncryptionConfiguration",
  root: "ServerSideEncryptionConfiguration",
  absent: xmlDocument("ServerSideEncryptionConfiguration", {
    Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
  }),
};
const publicAccess = {
  query: "publicAccessBlock",
  member: "PublicAccessBlockConfiguration",
  root: "PublicAccessBlockConfiguration",
  absent: xmlDocument("PublicAccessBlockConfiguration", {
    ...{ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
  }),
};
const notification = {
  query: "notification",
  member: "NotificationConfiguration",
  root: "NotificationConfiguration",
  absent: xmlDocument("NotificationConfiguration", {}),
  gaps: ["It is kept; nobody is told of anything."],
};
const lifecycle = {
  query: "lifecycle",
  member: "LifecycleConfiguration",
  root: "LifecycleConfiguration",
  absent: NoSuchLifecycleConfiguration,
  gaps: ["It is kept; nothing expires."],
};

export const bucketConfigurations = {
  PutBucketPolicy: putConfiguration("PutBucketPolicy", policy, 204),
  GetBucketPolicy: getConfiguration("GetBucketPolicy", policy),
  DeleteBucketPolicy: deleteConfiguration("DeleteBucketPolicy", policy),
  PutBucketVersioning: putConfiguration("PutBucketVersioning", {
    ...versioning,
    gaps: ["It is kept; an object has one version all the same."],
  }),
  GetBucketVersioning: getConfiguration("GetBucketVersioning", versioning),
  PutBucketTagging: putConfiguration("PutBucketTagging", tagging, 204),
  GetBucketTagging: getConfiguration("GetBucketTagging", tagging),
  DeleteBucketTagging: deleteConfiguration("DeleteBucketTagging", tagging),
  PutBucketEncryption: putConfiguration("PutBucketEncryption", encryption),
  GetBucketEncryption: getConfiguration("GetBucketEncryption", encryption),
  DeleteBucketEncryption: deleteConfiguration("DeleteBucketEncryption", encryption),
  PutPublicAccessBlock: putConfiguration("PutPublicAccessBlock", publicAccess),
  GetPublicAccessBlock: getConfiguration("GetPublicAccessBlock", publicAccess),
  DeletePublicAccessBlock: deleteConfiguration("DeletePublicAccessBlock", publicAccess),
  PutBucketNotificationConfiguration: putConfiguration("PutBucketNotificationConfiguration", notification),
  GetBucketNotificationConfiguration: getConfiguration("GetBucketNotificationConfiguration", notification),
  PutBucketLifecycleConfiguration: putConfiguration("PutBucketLifecycleConfiguration", lifecycle),
  GetBucketLifecycleConfiguration: getConfiguration("GetBucketLifecycleConfiguration", lifecycle),
  DeleteBucketLifecycle: deleteConfiguration("DeleteBucketLifecycle", lifecycle),
};
