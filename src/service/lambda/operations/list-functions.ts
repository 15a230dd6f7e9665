import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { query } from "../../../model/location.ts";
import { list, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { anyErrors } from "../errors.ts";
import { functionConfiguration } from "../function/configuration-shapes.ts";
import { inListing } from "../function/description.ts";
import { functionKey, versionsAfter, withVersionsAfter } from "../function/listing.ts";
import { lambdaOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { marker, maxItems } from "../shapes.ts";

/** Lists the functions of an account and region by name. API_ListFunctions. */
export const listFunctions = lambdaOperation({
  name: "ListFunctions",
  http: { method: "GET", path: "/2015-03-31/functions" },
  input: structure({
    MasterRegion: query("MasterRegion", string({ pattern: pattern("ALL|[a-z]{2}(-gov)?-[a-z]+-\\d{1}") })),
    FunctionVersion: query("FunctionVersion", string({ values: ["ALL"] })),
    Marker: marker,
    MaxItems: maxItems,
  }),
  output: structure({ NextMarker: string(), Functions: list(functionConfiguration) }),
  errors: [InvalidParameterValue, ...anyErrors],
  gaps: ["MasterRegion makes no difference."],
  handle({ call, directory }, input) {
    const functions = directory.in(call.scope);
    const listed = input.FunctionVersion === undefined ? versionsAfter(functions) : withVersionsAfter(functions);
    const { items, nextToken } = listPage(listed, functionKey, { ...input, listing: "ListFunctions" });
    return {
      Functions: items.map((item) => inListing({ scope: call.scope, ...item })),
      ...(nextToken !== undefined && { NextMarker: nextToken }),
    };
  },
});
