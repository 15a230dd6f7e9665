import { required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, ResourceNotFound, Throttled, Verification } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { sandboxNumber } from "../shapes.ts";

const oneTimePassword = string({ min: 5, max: 8, pattern: /^[0-9]+$/ });

/** Takes the one-time password that was sent to a destination of the SMS sandbox. API_VerifySMSSandboxPhoneNumber. */
export const verifySmsSandboxPhoneNumber = snsOperation({
  name: "VerifySMSSandboxPhoneNumber",
  input: structure({ PhoneNumber: required(sandboxNumber), OneTimePassword: required(oneTimePassword) }),
  output: structure({}),
  errors: [...anyCallErrors, ResourceNotFound, Verification, Throttled],
  gaps: ["A wrong password is answered without the number's status, and passwords last for ever."],
  handle({ call, sms }, { PhoneNumber: number, OneTimePassword }) {
    const account = sms.in(call.scope);
    const known = account.sandboxNumber(number);
    if (known === undefined) throw new ResourceNotFound();
    if (known.oneTimePassword !== OneTimePassword) throw new Verification();
    if (!known.isVerified) account.verifySandboxNumber(number);
    return {};
  },
});
