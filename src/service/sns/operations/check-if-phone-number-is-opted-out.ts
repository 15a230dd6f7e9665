import { boolean, required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, Throttled } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { checkPhoneNumber } from "../sms/sms-attributes.ts";

/** Tells whether the owner of a phone number wants no text messages. API_CheckIfPhoneNumberIsOptedOut. */
export const checkIfPhoneNumberIsOptedOut = snsOperation({
  name: "CheckIfPhoneNumberIsOptedOut",
  input: structure({ phoneNumber: required(string()) }),
  output: structure({ isOptedOut: boolean() }),
  errors: [...anyCallErrors, Throttled],
  gaps: ["Nobody can answer a text message with STOP; `POST /_waystation/opt-outs` stands in for that."],
  handle({ call, sms }, { phoneNumber }) {
    checkPhoneNumber(phoneNumber);
    return { isOptedOut: sms.in(call.scope).hasOptedOut(phoneNumber) };
  },
});
