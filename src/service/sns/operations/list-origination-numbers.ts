import { integer, list, string, structure, timestamp } from "../../../model/shape.ts";
import { anyCallErrors, Throttled, ValidationException } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { listingPage } from "../page.ts";

const MAX_RESULTS = 30;

const entry = structure({
  CreatedAt: timestamp(),
  PhoneNumber: string(),
  Status: string(),
  Iso2CountryCode: string(),
  RouteType: string(),
  NumberCapabilities: list(string()),
});

/** Lists the numbers the account sends text messages from. API_ListOriginationNumbers. */
export const listOriginationNumbers = snsOperation({
  name: "ListOriginationNumbers",
  input: structure({ NextToken: string(), MaxResults: integer() }),
  output: structure({ NextToken: string(), PhoneNumbers: list(entry) }),
  errors: [...anyCallErrors, Throttled, ValidationException],
  gaps: ["No account has any."],
  handle(_context, input) {
    checkMaxResults(input.MaxResults);
    const { nextToken } = listingPage<string>(() => [], String, { ...input, listing: "ListOriginationNumbers" });
    return { PhoneNumbers: [], NextToken: nextToken };
  },
});

/** AWS: this operation has a code of its own for what others leave to the validator. */
function checkMaxResults(given: number | undefined): void {
  if (given === undefined || (given >= 1 && given <= MAX_RESULTS)) return;
  throw new ValidationException(`MaxResults must be from 1 to ${MAX_RESULTS}`);
}
