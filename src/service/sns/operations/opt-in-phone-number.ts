import { required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, Throttled } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { checkPhoneNumber } from "../sms/sms-attributes.ts";

/** Lets a phone number have text messages again; one that always had them is no error. API_OptInPhoneNumber. */
export const optInPhoneNumber = snsOperation({
  name: "OptInPhoneNumber",
  input: structure({ phoneNumber: required(string()) }),
  output: structure({}),
  errors: [...anyCallErrors, Throttled],
  gaps: ["A number can be opted in more often than once in 30 days."],
  handle({ call, sms }, { phoneNumber }) {
    checkPhoneNumber(phoneNumber);
    const account = sms.in(call.scope);
    if (account.hasOptedOut(phoneNumber)) account.optIn(phoneNumber);
    return {};
  },
});
