import type { QueueMapping, QueueSettings, StreamMapping, StreamSettings } from "../../src/engine/mapping/mapping.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";

/** How a queue is read when a test does not care. */
export const QUEUE_SETTINGS: QueueSettings = {
  kind: "queue",
  functionArn: FUNCTION,
  isEnabled: true,
  batchSize: 10,
  windowMs: 0,
  filters: [],
  reportsFailures: false,
  shown: {},
};

/** How a stream is read when a test does not care. */
export const STREAM_SETTINGS: StreamSettings = {
  kind: "stream",
  functionArn: FUNCTION,
  isEnabled: true,
  batchSize: 100,
  windowMs: 0,
  filters: [],
  reportsFailures: false,
  shown: {},
  startingPosition: { type: "TRIM_HORIZON" },
  parallelizationFactor: 1,
  maximumRetryAttempts: -1,
  maximumRecordAgeMs: -1,
  bisects: false,
  tumblingWindowMs: 0,
};

const IDENTITY = { uuid: "11111111-2222-4333-8444-555555555555", createdAt: 0, modifiedAt: 0, tags: {} };

export const QUEUE_MAPPING: QueueMapping = {
  ...IDENTITY,
  ...QUEUE_SETTINGS,
  sourceArn: "arn:aws:sqs:us-east-1:000000000000:q",
};

export const STREAM_MAPPING: StreamMapping = {
  ...IDENTITY,
  ...STREAM_SETTINGS,
  sourceArn: "arn:aws:kinesis:us-east-1:000000000000:stream/s",
  lastResult: "No records processed",
};
