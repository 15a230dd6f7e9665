/** How the requests of one service look, apart from path, host and length. */
export interface Wire {
  /** Header lines of an operation, each without its line end. */
  headersOf(operation: string): readonly string[];
}

const SIGNATURE = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

/** The headers the AWS SDK for JavaScript sends with every request. No emulator verifies signatures, so one will do. */
function sdkHeaders(service: string): readonly string[] {
  const signedHeaders = "amz-sdk-invocation-id;amz-sdk-request;content-type;host;x-amz-content-sha256;x-amz-date";
  const credential = `Credential=test/20260101/us-east-1/${service}/aws4_request`;
  return [
    `user-agent: aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1.0 lang/js md/nodejs#20.20.2 api/${service}#3.1169.0 m/E,e`,
    "amz-sdk-invocation-id: 3f0b9e4c-7d1a-4c52-9d0e-0a1b2c3d4e5f",
    "amz-sdk-request: attempt=1; max=3",
    "x-amz-date: 20260101T000000Z",
    `x-amz-content-sha256: ${SIGNATURE}`,
    `authorization: AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${signedHeaders}, Signature=${SIGNATURE}`,
  ];
}

const SQS_HEADERS = sdkHeaders("sqs");

/** SQS over AWS JSON 1.0. */
export const sqsWire: Wire = {
  headersOf: (operation) => [
    "content-type: application/x-amz-json-1.0",
    `x-amz-target: AmazonSQS.${operation}`,
    "x-amzn-query-mode: true",
    ...SQS_HEADERS,
  ],
};

const SNS_HEADERS = sdkHeaders("sns");

/** SNS over forms. */
export const snsWire: Wire = {
  headersOf: () => ["content-type: application/x-www-form-urlencoded", ...SNS_HEADERS],
};

/** SNS and SQS as one client uses both: what is published over forms is received in JSON. */
export const messagingWire: Wire = {
  headersOf: (operation) => (operation === "Publish" ? snsWire : sqsWire).headersOf(operation),
};

const KINESIS_HEADERS = sdkHeaders("kinesis");

/** Kinesis over AWS JSON 1.1. */
export const kinesisWire: Wire = {
  headersOf: (operation) => [
    "content-type: application/x-amz-json-1.1",
    `x-amz-target: Kinesis_20131202.${operation}`,
    ...KINESIS_HEADERS,
  ],
};
