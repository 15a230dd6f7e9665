import { required, structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { describedMappingAs } from "../mapping/description.ts";
import { newMappingGiven } from "../mapping/mapping-given.ts";
import { mappingAnswer, mappingChange, mappingGaps, mappingOrigin } from "../mapping/mapping-shapes.ts";
import { lambdaOperation } from "../operation.ts";
import { readName, tagMap } from "../shapes.ts";
import { checkedTags } from "../tags.ts";

/** Has a function invoked with what is in a queue or stream. API_CreateEventSourceMapping. */
export const createEventSourceMapping = lambdaOperation({
  name: "CreateEventSourceMapping",
  http: { method: "POST", path: "/2015-03-31/event-source-mappings", status: 202 },
  input: structure({ ...mappingOrigin, ...mappingChange, FunctionName: required(readName), Tags: tagMap }),
  output: mappingAnswer,
  errors: changeErrors,
  gaps: mappingGaps,
  handle(context, input) {
    const { scope } = context.call;
    const mappings = context.mappings.in(scope);
    const tags = checkedTags(input.Tags ?? {});
    const made = mappings.create({ ...newMappingGiven(context, input, mappings.now), tags });
    return describedMappingAs("Creating", scope, made);
  },
});
