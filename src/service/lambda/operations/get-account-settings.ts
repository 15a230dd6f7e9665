import { MOST_CONCURRENT } from "../../../engine/function/functions.ts";
import { integer, long, structure } from "../../../model/shape.ts";
import { MOST_UNZIPPED, MOST_ZIPPED } from "../code/zip-check.ts";
import { anyErrors } from "../errors.ts";
import { lambdaOperation } from "../operation.ts";
import { concurrency } from "../shapes.ts";

/** AWS: quotas, Lambda developer guide. */
const MOST_CODE = 80_530_636_800;

/** Tells the limits of an account, and what it uses of them. API_GetAccountSettings. */
export const getAccountSettings = lambdaOperation({
  name: "GetAccountSettings",
  http: { method: "GET", path: "/2016-08-19/account-settings" },
  input: structure({}),
  output: structure({
    AccountLimit: structure({
      TotalCodeSize: long(),
      CodeSizeUnzipped: long(),
      CodeSizeZipped: long(),
      ConcurrentExecutions: integer(),
      UnreservedConcurrentExecutions: concurrency,
    }),
    AccountUsage: structure({ TotalCodeSize: long(), FunctionCount: long() }),
  }),
  errors: anyErrors,
  gaps: ["The limits are AWS's; of code, 512 MiB are kept in all accounts together."],
  handle({ call, directory }) {
    const { unreserved, codeBytes, count } = directory.in(call.scope);
    return {
      AccountLimit: {
        TotalCodeSize: MOST_CODE,
        CodeSizeUnzipped: MOST_UNZIPPED,
        CodeSizeZipped: MOST_ZIPPED,
        ConcurrentExecutions: MOST_CONCURRENT,
        UnreservedConcurrentExecutions: unreserved,
      },
      AccountUsage: { TotalCodeSize: codeBytes, FunctionCount: count },
    };
  },
});
