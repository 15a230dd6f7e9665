import { aKinesis } from "../support/kinesis.ts";
import { apiModel } from "./api-model.ts";
import { testModel } from "./model-contract.ts";

const model = apiModel("kinesis");

/** Answers show these patterns as they were before the model put anchors and brackets around them. */
const sequenceNumber = (path: string) => olderPattern(path, "SequenceNumber", "0|([1-9]\\d{0,128})");
const hashKey = (path: string) => olderPattern(path, "HashKey", "0|([1-9]\\d{0,38})");

function olderPattern(path: string, shape: string, ours: string): string {
  return `${path}: pattern ${model.shapes[shape]!.pattern}, ours ${ours}`;
}

testModel({
  service: aKinesis().service,
  model,
  operationCount: 57,
  known: {
    // AWS: lists of one, whatever the model says.
    CreateChannel: [
      "StreamConfigurationList: max 10000, ours 1",
      "S3TablesDestinationConfiguration.S3TablesConfigurationList: max 10000, ours 1",
    ],
    CreateQueue: ["StreamConfigurationList: max 10000, ours 1"],
    GetShardIterator: [sequenceNumber("StartingSequenceNumber")],
    PutRecord: [hashKey("ExplicitHashKey"), sequenceNumber("SequenceNumberForOrdering")],
    PutRecords: [hashKey("Records[].ExplicitHashKey")],
    SplitShard: [hashKey("NewStartingHashKey")],
    SubscribeToShard: [sequenceNumber("StartingPosition.SequenceNumber")],
  },
});
