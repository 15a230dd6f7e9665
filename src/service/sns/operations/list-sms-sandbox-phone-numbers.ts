import { integer, list, required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, ResourceNotFound, Throttled } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { listingPage } from "../page.ts";

const entry = structure({ PhoneNumber: string(), Status: string() });

/** Lists the destinations in the SMS sandbox. API_ListSMSSandboxPhoneNumbers. */
export const listSmsSandboxPhoneNumbers = snsOperation({
  name: "ListSMSSandboxPhoneNumbers",
  input: structure({ NextToken: string(), MaxResults: integer({ min: 1, max: 100 }) }),
  output: structure({ PhoneNumbers: required(list(entry)), NextToken: string() }),
  errors: [...anyCallErrors, ResourceNotFound, Throttled],
  handle({ call, sms }, input) {
    const account = sms.in(call.scope);
    const { items, nextToken } = listingPage(
      (after) => account.sandboxNumbers({ after }),
      ({ number }) => number,
      { ...input, listing: "ListSMSSandboxPhoneNumbers" },
    );
    return {
      PhoneNumbers: items.map(({ number, isVerified }) => ({
        PhoneNumber: number,
        Status: isVerified ? "Verified" : "Pending",
      })),
      NextToken: nextToken,
    };
  },
});
