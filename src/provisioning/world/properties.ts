/** What a property of a resource can be, which the file's JSON Schema tells and editors show. AWS itself has the last word. */
export interface Property {
  readonly about: string;
  readonly type: "integer" | "boolean" | "string" | "json" | "list";
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  /** What holds unless it is given; an export leaves it out. */
  readonly fallback?: string;
}

export type Properties = Readonly<Record<string, Property>>;

const seconds = (about: string, fallback: string, max: number, min = 0): Property => ({
  about: `${about}, in seconds.`,
  type: "integer",
  min,
  max,
  fallback,
});
const json = (about: string): Property => ({ about, type: "json" });
const text = (about: string): Property => ({ about, type: "string" });
const oneOf = (about: string, values: readonly string[], fallback?: string): Property => ({
  about,
  type: "string",
  values,
  ...(fallback === undefined ? {} : { fallback }),
});
const flag = (about: string, fallback: string): Property => ({ about, type: "boolean", fallback });

const KEY = "Id of a KMS key, which is kept; nothing is encrypted.";

/** Properties of queues. API_SetQueueAttributes. */
export const queueProperties: Properties = {
  VisibilityTimeout: seconds("How long a message that was received stays invisible", "30", 43_200),
  DelaySeconds: seconds("How long a message waits before it can be received", "0", 900),
  MessageRetentionPeriod: seconds("How long a message is kept", "345600", 1_209_600, 60),
  ReceiveMessageWaitTimeSeconds: seconds("How long ReceiveMessage waits for messages", "0", 20),
  MaximumMessageSize: {
    about: "Bytes of the largest message.",
    type: "integer",
    min: 1024,
    max: 1_048_576,
    fallback: "1048576",
  },
  RedrivePolicy: json("deadLetterTargetArn, which can be the name of a queue beside it, and maxReceiveCount."),
  RedriveAllowPolicy: json("Which queues may have this one as their dead-letter queue."),
  Policy: json("Who may do what with the queue; it is kept, and nobody is refused by it."),
  FifoQueue: flag("Follows from the name, which ends in .fifo.", "true"),
  ContentBasedDeduplication: flag("Whether equal messages of five minutes are one.", "false"),
  DeduplicationScope: oneOf("Within what messages are deduplicated.", ["queue", "messageGroup"], "queue"),
  FifoThroughputLimit: oneOf("What the quota is for.", ["perQueue", "perMessageGroupId"], "perQueue"),
  KmsMasterKeyId: text(KEY),
  KmsDataKeyReusePeriodSeconds: seconds("How long a data key is used", "300", 86_400, 60),
  SqsManagedSseEnabled: flag("Whether SQS encrypts by itself.", "true"),
};

const FEEDBACK = ["HTTP", "Firehose", "Lambda", "Application", "SQS"].flatMap((protocol): [string, Property][] => [
  [`${protocol}SuccessFeedbackRoleArn`, text("A role, which is kept; nothing is logged.")],
  [`${protocol}SuccessFeedbackSampleRate`, { about: "Per cent.", type: "integer", min: 0, max: 100 }],
  [`${protocol}FailureFeedbackRoleArn`, text("A role, which is kept; nothing is logged.")],
]);

/** Properties of topics. API_SetTopicAttributes. */
export const topicProperties: Properties = {
  DisplayName: { ...text("What SMS and e-mail call the sender."), fallback: "" },
  FifoTopic: flag("Follows from the name, which ends in .fifo.", "true"),
  ContentBasedDeduplication: flag("Whether equal messages of five minutes are one.", "false"),
  FifoThroughputScope: oneOf("Within what messages are deduplicated.", ["Topic", "MessageGroup"]),
  Policy: json("Who may do what with the topic; it is kept, and nobody is refused by it."),
  DeliveryPolicy: json("How deliveries over HTTP are retried."),
  ArchivePolicy: json("MessageRetentionPeriod, in days, of a FIFO topic's archive."),
  DataProtectionPolicy: json("What is done about personal data in messages."),
  KmsMasterKeyId: text(KEY),
  SignatureVersion: oneOf("SHA-1 or SHA-256.", ["1", "2"]),
  TracingConfig: oneOf("It is kept; nothing is traced.", ["PassThrough", "Active"]),
  MaximumMessageSize: { about: "Bytes of the largest message.", type: "integer", min: 1024, max: 1_048_576 },
  ...Object.fromEntries(FEEDBACK),
};

/** Properties of subscriptions. API_SetSubscriptionAttributes. */
export const subscriptionProperties: Properties = {
  RawMessageDelivery: flag("Whether the message comes without its envelope.", "false"),
  FilterPolicy: json("Which messages are delivered."),
  FilterPolicyScope: oneOf("What the filter looks at.", ["MessageAttributes", "MessageBody"], "MessageAttributes"),
  RedrivePolicy: json("deadLetterTargetArn, which can be the name of a queue beside it."),
  DeliveryPolicy: json("How deliveries over HTTP are retried."),
  SubscriptionRoleArn: text("The role that Firehose delivers with."),
  ReplayPolicy: json("What a FIFO topic's archive is asked for."),
};

/** Properties of streams. API_CreateStream and the operations that change streams. */
export const streamProperties: Properties = {
  ShardCount: { about: "Shards of a provisioned stream; 1 unless given.", type: "integer", min: 1 },
  StreamMode: oneOf("Whether shards are counted or grow by themselves.", ["PROVISIONED", "ON_DEMAND"], "PROVISIONED"),
  RetentionPeriodHours: { about: "How long records are kept.", type: "integer", min: 24, max: 8760, fallback: "24" },
  MaxRecordSizeInKiB: { about: "The largest record.", type: "integer", min: 1024, max: 10_240, fallback: "1024" },
  WarmThroughputMiBps: { about: "What an on-demand stream is ready for.", type: "integer", min: 0 },
  KmsKeyId: text(KEY),
  ShardLevelMetrics: { about: "What is measured of each shard; it is kept.", type: "list" },
  Policy: json("Who may do what with the stream; it is kept, and nobody is refused by it."),
};
