import { required, string, structure } from "../../../model/shape.ts";
import { InvalidArgumentException, LimitExceededException, ValidationException } from "../errors.ts";
import { kinesisOperation, streamsOf } from "../operation.ts";
import { commitment } from "../shapes.ts";
import { describeCommitment } from "../stream/warm-throughput.ts";

const wanted = structure({ Status: required(string({ values: ["ENABLED", "DISABLED"] })) });

/** Starts or ends an account's commitment to a minimum throughput. API_UpdateAccountSettings. */
export const updateAccountSettings = kinesisOperation({
  name: "UpdateAccountSettings",
  rate: { perSecond: 5 },
  input: structure({ MinimumThroughputBillingCommitment: required(wanted) }),
  output: structure({ MinimumThroughputBillingCommitment: commitment }),
  errors: [InvalidArgumentException, LimitExceededException, ValidationException],
  gaps: ["Nobody is billed."],
  handle: (context, { MinimumThroughputBillingCommitment: { Status } }) =>
    describeCommitment(streamsOf(context).changeCommitment(Status === "ENABLED")),
});
