import { required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, OptedOut, Throttled, UserError } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { sendText } from "../publish/publish-to-phone.ts";
import { sandboxNumber } from "../shapes.ts";

const LANGUAGES: readonly string[] = [
  "en-US",
  "en-GB",
  "es-419",
  "es-ES",
  "de-DE",
  "fr-CA",
  "fr-FR",
  "it-IT",
  "ja-JP",
  "pt-BR",
  "kr-KR",
  "zh-CN",
  "zh-TW",
];

const MAX_NUMBERS = 10;

/** Adds a destination to the SMS sandbox and sends it a one-time password. API_CreateSMSSandboxPhoneNumber. */
export const createSmsSandboxPhoneNumber = snsOperation({
  name: "CreateSMSSandboxPhoneNumber",
  input: structure({ PhoneNumber: required(sandboxNumber), LanguageCode: string({ values: LANGUAGES }) }),
  output: structure({}),
  errors: [...anyCallErrors, OptedOut, UserError, Throttled],
  gaps: ["The message with the password is in English, whatever the language asked for."],
  handle(context, { PhoneNumber: number }) {
    const account = context.sms.in(context.call.scope);
    if (account.hasOptedOut(number)) throw new OptedOut();
    if (account.sandboxNumber(number) === undefined && account.sandboxNumberCount >= MAX_NUMBERS) {
      throw new UserError(`The SMS sandbox can have at most ${MAX_NUMBERS} destination phone numbers`);
    }
    const password = account.addSandboxNumber(number);
    sendText(context, { to: number, text: `Your verification code is ${password}` });
    return {};
  },
});
