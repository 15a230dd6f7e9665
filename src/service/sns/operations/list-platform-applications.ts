import { list, string, structure } from "../../../model/shape.ts";
import { anyCallErrors } from "../errors.ts";
import { shownApplicationAttributes } from "../mobile/application-attributes.ts";
import { snsOperation } from "../operation.ts";
import { listingPage } from "../page.ts";
import { stringMap } from "../shapes.ts";

const entry = structure({ PlatformApplicationArn: string(), Attributes: stringMap });

/** Lists the platform applications of the caller's account and region. API_ListPlatformApplications. */
export const listPlatformApplications = snsOperation({
  name: "ListPlatformApplications",
  input: structure({ NextToken: string() }),
  output: structure({ PlatformApplications: list(entry), NextToken: string() }),
  errors: anyCallErrors,
  handle({ call, mobile }, input) {
    const applications = mobile.in(call.scope);
    const { items, nextToken } = listingPage(
      (after) => applications.list({ after }),
      ({ arn }) => arn,
      { ...input, listing: "ListPlatformApplications" },
    );
    return {
      PlatformApplications: items.map((application) => ({
        PlatformApplicationArn: application.arn,
        Attributes: shownApplicationAttributes(application),
      })),
      NextToken: nextToken,
    };
  },
});
