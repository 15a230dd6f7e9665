import { required, structure } from "../../../model/shape.ts";
import { queueErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { queueAt } from "../queue/queue-address.ts";
import { describeQueue as describe } from "../queue/queue-description.ts";
import { queueArn, queueDescription } from "../queue/queue-shapes.ts";

/** Describes a queue. API_DescribeQueue. */
export const describeQueue = kinesisOperation({
  name: "DescribeQueue",
  rate: { perSecond: 20 },
  input: structure({ QueueARN: required(queueArn) }),
  output: structure({ QueueDescription: required(queueDescription) }),
  errors: queueErrors,
  handle: (context, { QueueARN }) => ({ QueueDescription: describe(queueAt(context, QueueARN)) }),
});
