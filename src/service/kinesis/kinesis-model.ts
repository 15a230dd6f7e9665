import type { ServiceModel } from "../../model/contract.ts";

/** What the wire formats and the router know of Amazon Kinesis Data Streams. */
export const kinesisModel: ServiceModel = {
  id: "kinesis",
  title: "Amazon Kinesis Data Streams",
  apiVersion: "2013-12-02",
  targetPrefix: "Kinesis_20131202",
  protocols: ["awsJson1_1", "awsCbor"],
  frontEnd: "strict",
  takesUnaddressed: true,
  hasExtendedRequestId: true,
  // Nothing but puts needs more than a token of 1 MiB, each character as six in JSON.
  maxDocumentBytes: 7 * 1024 * 1024,
  // AWS: clients go to these when an ARN tells them the account.
  hostAliases: ["control-kinesis", "data-kinesis", "kinesis-queues", "control-kinesis-queues", "data-kinesis-queues"],
  resourceMembers: [
    "StreamARN",
    "StreamName",
    "ConsumerARN",
    "ResourceARN",
    "ChannelARN",
    "ChannelName",
    "QueueARN",
    "QueueName",
  ],
};
