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

export const EntityTooLarge = awsError("EntityTooLarge", {
  message: (most: number) => `Waystation keeps assets in memory, ${most} bytes of them at most`,
});

export const InvalidArgument = awsError("InvalidArgument", { message: (text: string) => text });
