import { integer, list, passedBlob, required, string, structure, timestamp } from "../../../model/shape.ts";
import { queueArnPattern } from "../arn-patterns.ts";
import { streamArn, streamName } from "../shapes.ts";

/** The shapes of queues, with the constraints of the API model. */

export const queueName = streamName;
export const queueArn = string({ min: 1, max: 2048, pattern: queueArnPattern });
const queueStatus = string({ values: ["CREATING", "ACTIVE", "UPDATING", "DELETING"] });

const visibilityTimeout = integer({ min: 0, max: 43_200 });

export const queueAttributes = structure({
  VisibilityTimeoutSeconds: visibilityTimeout,
  DeadLetterConfiguration: structure({
    TargetType: required(string({ values: ["BUILT_IN", "NONE"] })),
    MaxReceiveCount: integer({ min: 1, max: 1000 }),
  }),
});

export const queueStreamConfiguration = structure({
  StreamARN: required(streamArn),
  StartingPosition: structure({
    Type: required(string({ values: ["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"] })),
    Timestamp: timestamp(),
  }),
});

const identity = {
  QueueName: required(queueName),
  QueueARN: required(queueArn),
  QueueStatus: required(queueStatus),
  QueueCreationTimestamp: required(timestamp()),
};

export const queueDescription = structure({
  ...identity,
  StreamConfigurationList: required(list(queueStreamConfiguration, { min: 1, max: 1 })),
  QueueAttributes: queueAttributes,
});

export const queueSummary = structure({
  ...identity,
  Streams: required(
    list(structure({ StreamARN: required(streamArn), StreamCreationTimestamp: required(timestamp()) }), {
      min: 1,
      max: 10_000,
    }),
  ),
});

const receiptHandle = string({ min: 1, max: 1024 });

export const receiveInput = structure({
  QueueARN: required(queueArn),
  Limit: integer({ min: 1, max: 10 }),
  WaitTimeSeconds: integer({ min: 1, max: 20 }),
  VisibilityTimeoutSeconds: visibilityTimeout,
});

export const receiveOutput = structure({
  QueueRecords: required(
    list(
      structure({
        ReceiptHandle: required(receiptHandle),
        RecordId: required(string({ min: 1, max: 64 })),
        PartitionKey: string({ min: 1, max: 256 }),
        Data: required(passedBlob({ min: 0, max: 10_485_760 })),
        ApproximateArrivalTimestamp: required(timestamp()),
        FirstReceiveTimestamp: required(timestamp()),
        ReceiveCount: required(integer({ min: 0 })),
      }),
    ),
  ),
});

/** Takes a receipt handle each. */
export const entriesInput = structure({
  QueueARN: required(queueArn),
  Entries: required(list(structure({ ReceiptHandle: required(receiptHandle) }), { min: 1, max: 10 })),
});

/** The same with a visibility timeout each. */
export const visibilityInput = structure({
  QueueARN: required(queueArn),
  Entries: required(
    list(structure({ ReceiptHandle: required(receiptHandle), VisibilityTimeoutSeconds: required(visibilityTimeout) }), {
      min: 1,
      max: 10,
    }),
  ),
});

export const entriesOutput = structure({
  Successful: required(list(structure({ ReceiptHandle: required(receiptHandle) }))),
  Failed: required(
    list(structure({ ReceiptHandle: required(receiptHandle), ErrorCode: required(string()), ErrorMessage: string() })),
  ),
});
