import type { Run } from "../command.ts";
import { contentOf } from "../content.ts";
import { misuse } from "../failure.ts";
import { find } from "../server/find.ts";

/** Puts a record into a stream. */
export const run: Run = async (call) => {
  const { words, flags, aws, output } = call;
  const key = flags.text("key");
  if (key === undefined) throw misuse("--key is missing: records of a stream have a partition key");
  const data = await contentOf(call);
  const stream = await find(call, words[0] ?? "", ["stream"]);
  const input = { StreamARN: stream.arn, PartitionKey: key, Data: data.toString("base64") };
  const answer = await aws.json("kinesis", { operation: "PutRecord", input, scope: stream });
  if (output.isJson) output.json(answer);
  else output.line(`${answer.ShardId} ${answer.SequenceNumber}`);
  return 0;
};
