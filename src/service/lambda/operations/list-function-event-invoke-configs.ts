import type { InvokeConfig } from "../../../engine/function/function.ts";
import { label, query } from "../../../model/location.ts";
import { integer, list, string, structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { describedInvokeConfig, invokeConfigAnswer } from "../invoke-config/invoke-config-shapes.ts";
import { lambdaOperation } from "../operation.ts";
import { after, listPage, MOST_ITEMS } from "../page.ts";
import { marker, readName } from "../shapes.ts";

type Configured = readonly [qualifier: string, config: InvokeConfig];

/** Lists what asynchronous invocations of a function come to, by qualifier. API_ListFunctionEventInvokeConfigs. */
export const listFunctionEventInvokeConfigs = lambdaOperation({
  name: "ListFunctionEventInvokeConfigs",
  http: { method: "GET", path: "/2019-09-25/functions/{FunctionName}/event-invoke-config/list" },
  input: structure({
    FunctionName: label(readName),
    Marker: marker,
    MaxItems: query("MaxItems", integer({ min: 1, max: MOST_ITEMS })),
  }),
  output: structure({ FunctionEventInvokeConfigs: list(invokeConfigAnswer), NextMarker: string() }),
  errors: questionErrors,
  handle(context, input) {
    const { functions, scope, name } = functionAt(context, input);
    const keyOf = ([qualifier]: Configured): string => qualifier;
    const { items, nextToken } = listPage(after(functions.invokeConfigs.list(name), keyOf), keyOf, {
      ...input,
      listing: "ListFunctionEventInvokeConfigs",
    });
    return {
      FunctionEventInvokeConfigs: items.map((item) => describedInvokeConfig(scope, name, item)),
      ...(nextToken !== undefined && { NextMarker: nextToken }),
    };
  },
});
