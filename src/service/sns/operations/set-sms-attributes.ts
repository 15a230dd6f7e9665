import { required, structure } from "../../../model/shape.ts";
import { anyCallErrors, Throttled } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { filledMap } from "../shapes.ts";
import { changedSmsAttributes } from "../sms/sms-attributes.ts";

/** Sets how text messages are sent and reported; what is not named stays as it is. API_SetSMSAttributes. */
export const setSmsAttributes = snsOperation({
  name: "SetSMSAttributes",
  input: structure({ attributes: required(filledMap) }),
  output: structure({}),
  errors: [...anyCallErrors, Throttled],
  gaps: ["No limit is put on spending, nothing is logged or reported."],
  handle({ call, sms }, { attributes }) {
    const account = sms.in(call.scope);
    account.configure(changedSmsAttributes(account.attributes, attributes));
    return {};
  },
});
