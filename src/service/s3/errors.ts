import { awsError } from "../../kernel/aws-error.ts";

export const NoSuchBucket = awsError("NoSuchBucket", {
  status: 404,
  message: () => "The specified bucket does not exist",
});

export const NoSuchKey = awsError("NoSuchKey", { status: 404, message: () => "The specified key does not exist." });

export const NoSuchUpload = awsError("NoSuchUpload", {
  status: 404,
  message: () =>
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
});

export const BucketAlreadyOwnedByYou = awsError("BucketAlreadyOwnedByYou", {
  status: 409,
  message: () => "Your previous request to create the named bucket succeeded and you already own it.",
});

export const BucketNotEmpty = awsError("BucketNotEmpty", {
  status: 409,
  message: () => "The bucket you tried to delete is not empty",
});

export const InvalidBucketName = awsError("InvalidBucketName", { message: () => "The specified bucket is not valid." });

export const MalformedXml = awsError("MalformedXML", {
  message: () => "The XML you provided was not well-formed or did not validate against our published schema",
});

export const InvalidPart = awsError("InvalidPart", {
  message: () =>
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
});

export const IncompleteBody = awsError("IncompleteBody", {
  message: () => "The request body terminated unexpectedly",
});

export const InvalidChunkSizeError = awsError("InvalidChunkSizeError", {
  status: 403,
  message: () => "Only the last chunk is allowed to have a size less than 8192 bytes",
});

export const MalformedTrailerError = awsError("MalformedTrailerError", {
  message: () =>
    "The request contained trailing data that was not well-formed or did not conform to our published schema.",
});

export const BucketAlreadyExists = awsError("BucketAlreadyExists", {
  status: 409,
  message: () =>
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
});

export const TooManyBuckets = awsError("TooManyBuckets", {
  message: () => "You have attempted to create more buckets than allowed",
});

export const InvalidPartOrder = awsError("InvalidPartOrder", {
  message: () =>
    "The list of parts was not in ascending order. The parts list must be specified in order by part number.",
});

export const EntityTooSmall = awsError("EntityTooSmall", {
  message: () => "Your proposed upload is smaller than the minimum allowed size",
});

export const TooManyObjects = awsError("EntityTooLarge", {
  message: (most: number) => `Waystation keeps assets in memory, ${most} objects at most`,
});

export const TooManyUploads = awsError("EntityTooLarge", {
  message: (most: number) => `Waystation keeps parts in memory, of ${most} uploads at most`,
});

export const MetadataTooLarge = awsError("MetadataTooLarge", {
  message: () => "Your metadata headers exceed the maximum allowed metadata size",
});

export const InvalidRange = awsError("InvalidRange", {
  status: 416,
  message: () => "The requested range is not satisfiable",
});

export const PreconditionFailed = awsError("PreconditionFailed", {
  status: 412,
  message: () => "At least one of the pre-conditions you specified did not hold",
});

export const InvalidDigest = awsError("InvalidDigest", {
  message: () => "The Content-MD5 you specified was invalid.",
});

export const BadDigest = awsError("BadDigest", {
  message: (what: string) =>
    what === "Content-MD5"
      ? "The Content-MD5 you specified did not match what we received."
      : `The ${what} you specified did not match the calculated checksum.`,
});

export const InvalidRequest = awsError("InvalidRequest", { message: (text: string) => text });

export const NotImplemented = awsError("NotImplemented", {
  status: 501,
  message: () => "A header you provided implies functionality that is not implemented",
});

export const NoSuchBucketPolicy = awsError("NoSuchBucketPolicy", {
  status: 404,
  message: () => "The bucket policy does not exist",
});

export const MalformedPolicy = awsError("MalformedPolicy", {
  message: () => "Policies must be valid JSON and the first byte must be '{'",
});

export const NoSuchTagSet = awsError("NoSuchTagSet", { status: 404, message: () => "The TagSet does not exist" });

export const NoSuchLifecycleConfiguration = awsError("NoSuchLifecycleConfiguration", {
  status: 404,
  message: () => "The lifecycle configuration does not exist",
});

export const EntityTooLarge = awsError("EntityTooLarge", {
  message: (most: number) => `Waystation keeps assets in memory, ${most} bytes of them at most`,
});

export const InvalidArgument = awsError("InvalidArgument", { message: (text: string) => text });
