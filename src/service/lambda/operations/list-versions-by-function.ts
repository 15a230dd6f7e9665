import { label } from "../../../model/location.ts";
import { list, string, structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { functionConfiguration } from "../function/configuration-shapes.ts";
import { inListing } from "../function/description.ts";
import { functionAt } from "../function/function-name.ts";
import { functionKey, versionsOf } from "../function/listing.ts";
import { lambdaOperation } from "../operation.ts";
import { after, listPage } from "../page.ts";
import { marker, maxItems, readName } from "../shapes.ts";

/** Lists `$LATEST` and the versions of a function by number. API_ListVersionsByFunction. */
export const listVersionsByFunction = lambdaOperation({
  name: "ListVersionsByFunction",
  http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}/versions" },
  input: structure({ FunctionName: label(readName), Marker: marker, MaxItems: maxItems }),
  output: structure({ NextMarker: string(), Versions: list(functionConfiguration) }),
  errors: questionErrors,
  handle(context, input) {
    const { functions, scope, name } = functionAt(context, input);
    const versions = versionsOf(functions.get(name));
    const { items, nextToken } = listPage(after(versions, functionKey), functionKey, {
      ...input,
      listing: "ListVersionsByFunction",
    });
    return {
      Versions: items.map((item) => inListing({ scope, ...item })),
      ...(nextToken !== undefined && { NextMarker: nextToken }),
    };
  },
});
