/** What a property of a resource can be, which the file's JSON Schema tells and editors show; which values it takes, operations say. */
export interface Property {
  readonly about: string;
  readonly type: "integer" | "boolean" | "string" | "json" | "list";
  /** What holds unless it is given; an export leaves it out. */
  readonly fallback?: string;
}

export type Properties = Readonly<Record<string, Property>>;

const seconds = (about: string, fallback: string): Property => ({
  about: `${about}, in seconds.`,
  type: "integer",
  fallback,
});
const wholeNumber = (about: string, fallback?: string): Property => ({
  about,
  type: "integer",
  ...(fallback === undefined ? {} : { fallback }),
});
const json = (about: string): Property => ({ about, type: "json" });
const text = (about: string): Property => ({ about, type: "string" });
const choice = (about: string, fallback?: string): Property => ({
  about,
  type: "string",
  ...(fallback === undefined ? {} : { fallback }),
});
const flag = (about: string, fallback: string): Property => ({ about, type: "boolean", fallback });

const KEY = "Id of a KMS key, which is kept; nothing is encrypted.";

/** Properties of queues. API_SetQueueAttributes. */
export const queueProperties: Properties = {
  VisibilityTimeout: seconds("How long a message that was received stays invisible", "30"),
  DelaySeconds: seconds("How long a message waits before it can be received", "0"),
  MessageRetentionPeriod: seconds("How long a message is kept", "345600"),
  ReceiveMessageWaitTimeSeconds: seconds("How long ReceiveMessage waits for messages", "0"),
  MaximumMessageSize: wholeNumber("Bytes of the largest message.", "1048576"),
  RedrivePolicy: json("deadLetterTargetArn, which can be the name of a queue beside it, and maxReceiveCount."),
  RedriveAllowPolicy: json("Which queues may have this one as their dead-letter queue."),
  Policy: json("Who may do what with the queue; it is kept, and nobody is refused by it."),
  FifoQueue: flag("Follows from the name, which ends in .fifo.", "true"),
  ContentBasedDeduplication: flag("Whether equal messages of five minutes are one.", "false"),
  DeduplicationScope: choice("Within what messages are deduplicated.", "queue"),
  FifoThroughputLimit: choice("What the quota is for.", "perQueue"),
  KmsMasterKeyId: text(KEY),
  KmsDataKeyReusePeriodSeconds: seconds("How long a data key is used", "300"),
  SqsManagedSseEnabled: flag("Whether SQS encrypts by itself.", "true"),
};

const FEEDBACK = ["HTTP", "Firehose", "Lambda", "Application", "SQS"].flatMap((protocol): [string, Property][] => [
  [`${protocol}SuccessFeedbackRoleArn`, text("A role, which is kept; nothing is logged.")],
  [`${protocol}SuccessFeedbackSampleRate`, wholeNumber("Per cent.")],
  [`${protocol}FailureFeedbackRoleArn`, text("A role, which is kept; nothing is logged.")],
]);

/** Properties of topics. API_SetTopicAttributes. */
export const topicProperties: Properties = {
  DisplayName: { ...text("What SMS and e-mail call the sender."), fallback: "" },
  FifoTopic: flag("Follows from the name, which ends in .fifo.", "true"),
  ContentBasedDeduplication: flag("Whether equal messages of five minutes are one.", "false"),
  FifoThroughputScope: choice("Within what messages are deduplicated."),
  Policy: json("Who may do what with the topic; it is kept, and nobody is refused by it."),
  DeliveryPolicy: json("How deliveries over HTTP are retried."),
  ArchivePolicy: json("MessageRetentionPeriod, in days, of a FIFO topic's archive."),
  DataProtectionPolicy: json("What is done about personal data in messages."),
  KmsMasterKeyId: text(KEY),
  SignatureVersion: choice("SHA-1 or SHA-256."),
  TracingConfig: choice("It is kept; nothing is traced."),
  MaximumMessageSize: wholeNumber("Bytes of the largest message."),
  ...Object.fromEntries(FEEDBACK),
};

/** Properties of subscriptions. API_SetSubscriptionAttributes. */
export const subscriptionProperties: Properties = {
  RawMessageDelivery: flag("Whether the message comes without its envelope.", "false"),
  FilterPolicy: json("Which messages are delivered."),
  FilterPolicyScope: choice("What the filter looks at.", "MessageAttributes"),
  RedrivePolicy: json("deadLetterTargetArn, which can be the name of a queue beside it."),
  DeliveryPolicy: json("How deliveries over HTTP are retried."),
  SubscriptionRoleArn: text("The role that Firehose delivers with."),
  ReplayPolicy: json("What a FIFO topic's archive is asked for."),
};

/** Properties of streams. API_CreateStream and the operations that change streams. */
export const streamProperties: Properties = {
  ShardCount: wholeNumber("Shards of a provisioned stream; 1 unless given."),
  StreamMode: choice("Whether shards are counted or grow by themselves.", "PROVISIONED"),
  RetentionPeriodHours: wholeNumber("How long records are kept.", "24"),
  MaxRecordSizeInKiB: wholeNumber("The largest record.", "1024"),
  WarmThroughputMiBps: wholeNumber("What an on-demand stream is ready for."),
  KmsKeyId: text(KEY),
  ShardLevelMetrics: { about: "What is measured of each shard; it is kept.", type: "list" },
  Policy: json("Who may do what with the stream; it is kept, and nobody is refused by it."),
};
