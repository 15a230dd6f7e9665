import { MOST_STACKS } from "../../../engine/stack/stacks.ts";
import { list, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { nextToken } from "../shapes/input-shapes.ts";
import { accountLimit } from "../shapes/stack-shapes.ts";

/** Tells how much an account may have. API_DescribeAccountLimits. */
export const describeAccountLimits = cloudFormationOperation({
  name: "DescribeAccountLimits",
  input: structure({ NextToken: nextToken }),
  output: structure({ AccountLimits: list(accountLimit), NextToken: string() }),
  errors: [],
  handle: () => ({
    AccountLimits: [
      { Name: "StackLimit", Value: MOST_STACKS },
      { Name: "StackOutputsLimit", Value: 200 },
    ],
  }),
});
