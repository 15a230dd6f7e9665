import type { EventSourceMapping } from "../../../engine/mapping/mapping.ts";
import { query } from "../../../model/location.ts";
import { list, string, structure } from "../../../model/shape.ts";
import type { ItemsAfter } from "../../page.ts";
import { questionErrors } from "../errors.ts";
import { describedMapping } from "../mapping/description.ts";
import { listedFunctionArn } from "../mapping/mapping-given.ts";
import { mappingAnswer } from "../mapping/mapping-shapes.ts";
import { lambdaOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { marker, maxItems, readName, sourceArn } from "../shapes.ts";

/** AWS: what a page of this listing holds at most. */
const MOST_MAPPINGS = 100;

/** Lists event source mappings, all of them or those of a source or a function. API_ListEventSourceMappings. */
export const listEventSourceMappings = lambdaOperation({
  name: "ListEventSourceMappings",
  http: { method: "GET", path: "/2015-03-31/event-source-mappings" },
  input: structure({
    EventSourceArn: query("EventSourceArn", sourceArn),
    FunctionName: query("FunctionName", readName),
    Marker: marker,
    MaxItems: maxItems,
  }),
  output: structure({ NextMarker: string(), EventSourceMappings: list(mappingAnswer) }),
  errors: questionErrors,
  handle(context, input) {
    const { scope } = context.call;
    const mappings = context.mappings.in(scope);
    const functionArn = listedFunctionArn(context, input.FunctionName);
    const wanted: ItemsAfter<EventSourceMapping> = function* wanted(after) {
      for (const mapping of mappings.list({ after })) {
        if (input.EventSourceArn !== undefined && mapping.sourceArn !== input.EventSourceArn) continue;
        if (functionArn === undefined || mapping.functionArn === functionArn) yield mapping;
      }
    };
    const { items, nextToken } = listPage(wanted, ({ uuid }) => uuid, {
      ...input,
      listing: "ListEventSourceMappings",
      most: MOST_MAPPINGS,
    });
    return {
      EventSourceMappings: items.map((mapping) => describedMapping(scope, mapping)),
      ...(nextToken !== undefined && { NextMarker: nextToken }),
    };
  },
});
