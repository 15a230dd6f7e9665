import { required, structure } from "../../../model/shape.ts";
import { anyCallErrors, ResourceNotFound, Throttled, UserError } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { sandboxNumber } from "../shapes.ts";

/** Takes a destination out of the SMS sandbox. API_DeleteSMSSandboxPhoneNumber. */
export const deleteSmsSandboxPhoneNumber = snsOperation({
  name: "DeleteSMSSandboxPhoneNumber",
  input: structure({ PhoneNumber: required(sandboxNumber) }),
  output: structure({}),
  errors: [...anyCallErrors, ResourceNotFound, UserError, Throttled],
  gaps: ["A verified number can be deleted before 24 hours have passed."],
  handle({ call, sms }, { PhoneNumber: number }) {
    const account = sms.in(call.scope);
    if (account.sandboxNumber(number) === undefined) throw new ResourceNotFound();
    account.deleteSandboxNumber(number);
    return {};
  },
});
