import { list, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, Throttled } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { listingPage } from "../page.ts";

/** Lists the phone numbers whose owners want no text messages. API_ListPhoneNumbersOptedOut. */
export const listPhoneNumbersOptedOut = snsOperation({
  name: "ListPhoneNumbersOptedOut",
  // AWS: here members begin with small letters.
  input: structure({ nextToken: string() }),
  output: structure({ phoneNumbers: list(string()), nextToken: string() }),
  errors: [...anyCallErrors, Throttled],
  gaps: ["Nobody can answer a text message with STOP; `POST /_waystation/opt-outs` stands in for that."],
  handle({ call, sms }, { nextToken: NextToken }) {
    const account = sms.in(call.scope);
    const { items, nextToken } = listingPage((after) => account.optedOutNumbers({ after }), String, {
      NextToken,
      listing: "ListPhoneNumbersOptedOut",
    });
    return { phoneNumbers: items, nextToken };
  },
});
