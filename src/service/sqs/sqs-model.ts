import type { ServiceModel } from "../../model/contract.ts";

/** The operations of the versions before the present one. SQS API reference of 2012-11-05, API versions. */
const operationsOf2008 = [
  "CreateQueue",
  "ListQueues",
  "DeleteQueue",
  "GetQueueAttributes",
  "SetQueueAttributes",
  "SendMessage",
  "ReceiveMessage",
  "DeleteMessage",
];
const operationsOf2009 = [...operationsOf2008, "AddPermission", "RemovePermission", "ChangeMessageVisibility"];
const operationsOf2011 = [
  ...operationsOf2009,
  "GetQueueUrl",
  "SendMessageBatch",
  "DeleteMessageBatch",
  "ChangeMessageVisibilityBatch",
];

/** What the wire formats and the router know of Amazon SQS. */
export const sqsModel: ServiceModel = {
  id: "sqs",
  title: "Amazon SQS",
  apiVersion: "2012-11-05",
  olderVersions: {
    "2011-10-01": operationsOf2011,
    "2009-02-01": operationsOf2009,
    "2008-01-01": operationsOf2008,
  },
  protocols: ["awsJson1_0", "awsQuery"],
  takesUnaddressed: true,
  // 1 MiB of messages, each character as six in JSON, or ten such messages plain, of which is said that they are too many.
  maxBodyBytes: 12 * 1024 * 1024,
  maxDocumentBytes: 6.5 * 1024 * 1024,
  targetPrefix: "AmazonSQS",
  errorNamespace: "com.amazonaws.sqs",
  xmlNamespace: "http://queue.amazonaws.com/doc/2012-11-05/",
  hasErrorDetail: true,
  // AWS: `messages` was observed, and ListDeadLetterSourceQueues has `queueUrls` in every format.
  listsInJson: (name) => name.charAt(0).toLowerCase() + name.slice(1),
  hostAliases: ["queue"],
  resourceMembers: ["QueueUrl", "QueueName", "SourceArn"],
  gaps: [
    "Signatures are not verified; requests without one are accepted.",
    "Nothing is throttled but on purpose, and plain HTTP is as good as HTTPS, so RequestThrottled and InvalidSecurity do not occur by themselves.",
    "Any host names a queue as well as any other, so InvalidAddress is only answered to ARNs that stand for URLs, and to AWS's URLs of other regions where no such queue is.",
    "Integers may be sent as digit strings in JSON, which AWS is reported to refuse.",
    "A null in a list of JSON is refused as a parameter that is missing; whether AWS does that is not known.",
    "A character that no message can have is told of in the type of a message attribute as in its value; AWS's words for either are not known.",
    "A number attribute comes back as it was sent, its leading and trailing zeros included.",
    "Time spent in flight makes a tenant of a fair queue noisy after 30 messages in five to ten minutes; AWS does not publish its spans.",
    "Of JSON answers to Query requests only the envelope, `messages` and `Attributes` are known from AWS; other names follow them, and absent members are null.",
    "CloudWatch metrics are not emitted.",
  ],
};

/** Every operation of the API model of Amazon SQS. */
export const sqsOperations = [
  { name: "AddPermission" },
  { name: "CancelMessageMoveTask" },
  { name: "ChangeMessageVisibility" },
  { name: "ChangeMessageVisibilityBatch" },
  { name: "CreateQueue" },
  { name: "DeleteMessage" },
  { name: "DeleteMessageBatch" },
  { name: "DeleteQueue" },
  { name: "GetQueueAttributes" },
  { name: "GetQueueUrl" },
  { name: "ListDeadLetterSourceQueues" },
  { name: "ListMessageMoveTasks" },
  { name: "ListQueueTags" },
  { name: "ListQueues" },
  { name: "PurgeQueue" },
  { name: "ReceiveMessage" },
  { name: "RemovePermission" },
  { name: "SendMessage" },
  { name: "SendMessageBatch" },
  { name: "SetQueueAttributes" },
  { name: "StartMessageMoveTask" },
  { name: "TagQueue" },
  { name: "UntagQueue" },
] as const;

export type SqsOperationName = (typeof sqsOperations)[number]["name"];
