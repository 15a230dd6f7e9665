import type { Contract, ServiceModel } from "../../src/model/contract.ts";
import {
  blob,
  boolean,
  integer,
  list,
  long,
  map,
  required,
  string,
  structure,
  timestamp,
} from "../../src/model/shape.ts";

/** Small contracts in the manner of three services, one per way of writing things on the wire. */

export const sqsModel: ServiceModel = {
  id: "sqs",
  title: "Amazon SQS",
  apiVersion: "2012-11-05",
  olderVersions: { "2011-10-01": ["CreateQueue", "SendMessage"] },
  protocols: ["awsJson1_0", "awsQuery"],
  takesUnaddressed: true,
  targetPrefix: "AmazonSQS",
  errorNamespace: "com.amazonaws.sqs",
  xmlNamespace: "http://queue.amazonaws.com/doc/2012-11-05/",
  hasErrorDetail: true,
  hostAliases: ["queue"],
  resourceMembers: ["QueueUrl"],
};

export const snsModel: ServiceModel = {
  id: "sns",
  title: "Amazon SNS",
  apiVersion: "2010-03-31",
  protocols: ["awsQuery"],
  xmlNamespace: "http://sns.amazonaws.com/doc/2010-03-31/",
  isXmlIndented: true,
  unknownAction: (action, version) => `no ${action} in ${version}`,
};

export const kinesisModel: ServiceModel = {
  id: "kinesis",
  title: "Amazon Kinesis Data Streams",
  apiVersion: "2013-12-02",
  targetPrefix: "Kinesis_20131202",
  protocols: ["awsJson1_1", "awsCbor"],
  frontEnd: "strict",
  takesUnaddressed: true,
  hasExtendedRequestId: true,
  hostAliases: ["control-kinesis", "data-kinesis"],
};

const messageAttributeValue = structure({
  StringValue: string(),
  BinaryValue: blob(),
  StringListValues: list(string(), { flatName: "StringListValue" }),
  BinaryListValues: list(blob(), { flatName: "BinaryListValue" }),
  DataType: required(string()),
});

const messageAttributes = map(messageAttributeValue, {
  flatName: "MessageAttribute",
  keyName: "Name",
  valueName: "Value",
});

const attributes = map(string(), { flatName: "Attribute", keyName: "Name", valueName: "Value" });

const tags = map(string(), { flatName: "Tag", keyName: "Key", valueName: "Value" });

const sqs: readonly Contract[] = [
  {
    name: "CreateQueue",
    input: structure({ QueueName: required(string()), Attributes: attributes, tags }),
    output: structure({ QueueUrl: string() }),
    errors: [],
  },
  {
    name: "ListQueues",
    input: structure({ QueueNamePrefix: string(), MaxResults: integer(), NextToken: string() }),
    output: structure({ QueueUrls: list(string(), { flatName: "QueueUrl" }), NextToken: string() }),
    errors: [],
  },
  {
    name: "SetQueueAttributes",
    input: structure({ QueueUrl: required(string()), Attributes: required(attributes) }),
    errors: [],
  },
  {
    name: "GetQueueAttributes",
    input: structure({
      QueueUrl: required(string()),
      AttributeNames: list(string(), { flatName: "AttributeName" }),
    }),
    output: structure({ Attributes: attributes }),
    errors: [],
  },
  {
    name: "AddPermission",
    input: structure({ QueueUrl: required(string()), Label: required(string()) }),
    errors: [],
  },
  {
    name: "TagQueue",
    input: structure({ QueueUrl: required(string()), Tags: required(tags) }),
    errors: [],
  },
  {
    name: "SendMessage",
    input: structure({
      QueueUrl: required(string()),
      MessageBody: required(string()),
      DelaySeconds: integer(),
      MessageAttributes: messageAttributes,
      MessageGroupId: string(),
    }),
    output: structure({
      MD5OfMessageBody: string(),
      MD5OfMessageAttributes: string(),
      MessageId: string(),
      SequenceNumber: string(),
    }),
    errors: [],
  },
  {
    name: "SendMessageBatch",
    input: structure({
      QueueUrl: required(string()),
      Entries: required(
        list(
          structure({
            Id: required(string()),
            MessageBody: required(string()),
            DelaySeconds: integer(),
            MessageAttributes: messageAttributes,
          }),
          { flatName: "SendMessageBatchRequestEntry" },
        ),
      ),
    }),
    output: structure({
      Successful: list(structure({ Id: string(), MessageId: string(), MD5OfMessageBody: string() }), {
        flatName: "SendMessageBatchResultEntry",
      }),
      Failed: list(structure({ Id: string(), SenderFault: boolean(), Code: string(), Message: string() }), {
        flatName: "BatchResultErrorEntry",
      }),
    }),
    errors: [],
  },
  {
    name: "ReceiveMessage",
    input: structure({
      QueueUrl: required(string()),
      MaxNumberOfMessages: integer(),
      AttributeNames: list(string(), { flatName: "AttributeName" }),
      MessageAttributeNames: list(string(), { flatName: "MessageAttributeName" }),
    }),
    output: structure({
      Messages: list(
        structure({
          MessageId: string(),
          ReceiptHandle: string(),
          MD5OfBody: string(),
          Body: string(),
          Attributes: attributes,
          MD5OfMessageAttributes: string(),
          MessageAttributes: messageAttributes,
        }),
        { flatName: "Message" },
      ),
    }),
    errors: [],
  },
  {
    name: "DeleteMessage",
    input: structure({ QueueUrl: required(string()), ReceiptHandle: required(string()) }),
    errors: [],
  },
  {
    name: "CancelMessageMoveTask",
    input: structure({ TaskHandle: required(string()) }),
    output: structure({ ApproximateNumberOfMessagesMoved: long() }),
    errors: [],
  },
];

const snsTags = list(structure({ Key: required(string()), Value: required(string()) }));

const sns: readonly Contract[] = [
  {
    name: "CreateTopic",
    input: structure({ Name: required(string()), Attributes: map(string()), Tags: snsTags }),
    output: structure({ TopicArn: string() }),
    errors: [],
  },
  { name: "AddPermission", input: structure({ TopicArn: required(string()), Label: required(string()) }), errors: [] },
  {
    name: "GetTopicAttributes",
    input: structure({ TopicArn: required(string()) }),
    output: structure({ Attributes: map(string()) }),
    errors: [],
  },
  {
    name: "PublishBatch",
    input: structure({
      TopicArn: required(string()),
      PublishBatchRequestEntries: required(
        list(
          structure({
            Id: required(string()),
            Message: required(string()),
            MessageAttributes: map(messageAttributeValue, { keyName: "Name", valueName: "Value" }),
          }),
        ),
      ),
    }),
    output: structure({
      Successful: list(structure({ Id: string(), MessageId: string() })),
      Failed: list(structure({ Id: string(), Code: string(), SenderFault: boolean() })),
    }),
    errors: [],
  },
  {
    name: "TagResource",
    input: structure({ ResourceArn: required(string()), Tags: required(snsTags) }),
    output: structure({}),
    errors: [],
  },
  {
    name: "ListOriginationNumbers",
    input: structure({ MaxResults: integer(), CreatedAfter: timestamp(), IsVoice: boolean() }),
    output: structure({ PhoneNumbers: list(structure({ CreatedAt: timestamp(), PhoneNumber: string() })) }),
    errors: [],
  },
];

const kinesis: readonly Contract[] = [
  {
    name: "PutRecord",
    input: structure({
      StreamName: required(string()),
      Data: required(blob()),
      PartitionKey: required(string()),
      SequenceNumberForOrdering: string(),
    }),
    output: structure({ ShardId: string(), SequenceNumber: string() }),
    errors: [],
  },
  {
    name: "PutRecords",
    input: structure({
      Records: required(list(structure({ PartitionKey: required(string()), Data: required(blob()) }))),
      StreamName: required(string()),
    }),
    output: structure({
      FailedRecordCount: integer(),
      Records: list(structure({ SequenceNumber: string(), ShardId: string(), ErrorCode: string() })),
    }),
    errors: [],
  },
  { name: "DeleteStream", input: structure({ StreamName: string(), EnforceConsumerDeletion: boolean() }), errors: [] },
  {
    name: "GetShardIterator",
    input: structure({ StreamName: required(string()), Timestamp: timestamp(), Limit: integer(), IsDryRun: boolean() }),
    output: structure({ ShardIterator: string() }),
    errors: [],
  },
  {
    name: "GetRecords",
    input: structure({ ShardIterator: required(string()), Limit: integer() }),
    output: structure({
      Records: list(structure({ Data: blob(), PartitionKey: string(), ApproximateArrivalTimestamp: timestamp() })),
      MillisBehindLatest: long(),
    }),
    errors: [],
  },
];

function byName(contracts: readonly Contract[]): ReadonlyMap<string, Contract> {
  return new Map(contracts.map((contract) => [contract.name, contract]));
}

export const sqsContracts = byName(sqs);
export const snsContracts = byName(sns);
export const kinesisContracts = byName(kinesis);
