import { boolean, required, structure } from "../../../model/shape.ts";
import { AuthorizationError, InternalError, Throttled } from "../errors.ts";
import { snsOperation } from "../operation.ts";

/** Tells whether the account may send text messages to verified numbers only. API_GetSMSSandboxAccountStatus. */
export const getSmsSandboxAccountStatus = snsOperation({
  name: "GetSMSSandboxAccountStatus",
  input: structure({}),
  output: structure({ IsInSandbox: required(boolean()) }),
  errors: [AuthorizationError, InternalError, Throttled],
  gaps: ["Every account is out of the sandbox, where a new one on AWS is in it."],
  handle: () => ({ IsInSandbox: false }),
});
