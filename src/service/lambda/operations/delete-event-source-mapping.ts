import { label } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { changeErrors, inUseErrors } from "../errors.ts";
import { describedMappingAs } from "../mapping/description.ts";
import { mappingAnswer } from "../mapping/mapping-shapes.ts";
import { lambdaOperation } from "../operation.ts";

/** Deletes an event source mapping. Invocations under way come to their end. API_DeleteEventSourceMapping. */
export const deleteEventSourceMapping = lambdaOperation({
  name: "DeleteEventSourceMapping",
  http: { method: "DELETE", path: "/2015-03-31/event-source-mappings/{UUID}", status: 202 },
  input: structure({ UUID: label(string()) }),
  output: mappingAnswer,
  errors: [...changeErrors, ...inUseErrors],
  handle({ call: { scope }, mappings }, { UUID }) {
    return describedMappingAs("Deleting", scope, mappings.in(scope).delete(UUID));
  },
});
