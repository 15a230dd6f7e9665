import { label } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { describedMapping } from "../mapping/description.ts";
import { mappingAnswer } from "../mapping/mapping-shapes.ts";
import { lambdaOperation } from "../operation.ts";

/** Shows an event source mapping. API_GetEventSourceMapping. */
export const getEventSourceMapping = lambdaOperation({
  name: "GetEventSourceMapping",
  http: { method: "GET", path: "/2015-03-31/event-source-mappings/{UUID}" },
  input: structure({ UUID: label(string()) }),
  output: mappingAnswer,
  errors: questionErrors,
  handle: ({ call: { scope }, mappings }, { UUID }) => describedMapping(scope, mappings.in(scope).get(UUID)),
});
