import { structure } from "../../../model/shape.ts";
import { LimitExceededException } from "../errors.ts";
import { kinesisOperation, streamsOf } from "../operation.ts";
import { commitment } from "../shapes.ts";
import { describeCommitment } from "../stream/warm-throughput.ts";

/** Shows the settings of an account in a region. API_DescribeAccountSettings. */
export const describeAccountSettings = kinesisOperation({
  name: "DescribeAccountSettings",
  rate: { perSecond: 5 },
  input: structure({}),
  output: structure({ MinimumThroughputBillingCommitment: commitment }),
  errors: [LimitExceededException],
  handle: (context) => describeCommitment(streamsOf(context).commitment),
});
