import { ageKeyOf } from "../../../kernel/collection/ordered-index.ts";
import { list, required, string, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { shownEndpointAttributes } from "../mobile/endpoint-attributes.ts";
import { snsOperation } from "../operation.ts";
import { listingPage } from "../page.ts";
import { applicationNamed } from "../resource.ts";
import { applicationArn, stringMap } from "../shapes.ts";

const entry = structure({ EndpointArn: string(), Attributes: stringMap });

/** Lists the endpoints of a platform application, oldest first. API_ListEndpointsByPlatformApplication. */
export const listEndpointsByPlatformApplication = snsOperation({
  name: "ListEndpointsByPlatformApplication",
  input: structure({ PlatformApplicationArn: required(applicationArn), NextToken: string() }),
  output: structure({ Endpoints: list(entry), NextToken: string() }),
  errors: resourceErrors,
  handle(context, input) {
    const application = applicationNamed(context, input.PlatformApplicationArn);
    const { items, nextToken } = listingPage((after) => application.endpoints({ after }), ageKeyOf, {
      ...input,
      listing: "ListEndpointsByPlatformApplication",
    });
    return {
      Endpoints: items.map((item) => ({ EndpointArn: item.arn, Attributes: shownEndpointAttributes(item) })),
      NextToken: nextToken,
    };
  },
});
