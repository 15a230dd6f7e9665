import type { Alias } from "../../../engine/function/function.ts";
import { label, query } from "../../../model/location.ts";
import { list, string, structure } from "../../../model/shape.ts";
import { aliasAnswer, aliasVersion, describedAlias } from "../alias/alias-description.ts";
import { questionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { after, listPage } from "../page.ts";
import { marker, maxItems, writeName } from "../shapes.ts";

/** Lists the aliases of a function by name, or those of a version. API_ListAliases. */
export const listAliases = lambdaOperation({
  name: "ListAliases",
  http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}/aliases" },
  input: structure({
    FunctionName: label(writeName),
    FunctionVersion: query("FunctionVersion", aliasVersion),
    Marker: marker,
    MaxItems: maxItems,
  }),
  output: structure({ NextMarker: string(), Aliases: list(aliasAnswer) }),
  errors: questionErrors,
  handle(context, input) {
    const { functions, scope, name } = functionAt(context, input);
    const keyOf = (alias: Alias): string => alias.name;
    const aliases = functions.aliases.list(name, input.FunctionVersion);
    const { items, nextToken } = listPage(after(aliases, keyOf), keyOf, { ...input, listing: "ListAliases" });
    return {
      Aliases: items.map((alias) => describedAlias(scope, name, alias)),
      ...(nextToken !== undefined && { NextMarker: nextToken }),
    };
  },
});
