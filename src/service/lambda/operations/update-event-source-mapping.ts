import type { EventSourceMapping } from "../../../engine/mapping/mapping.ts";
import { label } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { changeErrors, inUseErrors } from "../errors.ts";
import { describedMappingAs } from "../mapping/description.ts";
import { changedMappingGiven } from "../mapping/mapping-given.ts";
import { mappingAnswer, mappingChange, mappingGaps } from "../mapping/mapping-shapes.ts";
import { lambdaOperation } from "../operation.ts";

/** Changes what an event source mapping is set to; not its source, and not where it begins. API_UpdateEventSourceMapping. */
export const updateEventSourceMapping = lambdaOperation({
  name: "UpdateEventSourceMapping",
  http: { method: "PUT", path: "/2015-03-31/event-source-mappings/{UUID}", status: 202 },
  input: structure({ UUID: label(string()), ...mappingChange }),
  output: mappingAnswer,
  errors: [...changeErrors, ...inUseErrors],
  gaps: mappingGaps,
  handle(context, { UUID, ...given }) {
    const { scope } = context.call;
    const mappings = context.mappings.in(scope);
    const before = mappings.get(UUID);
    const after = mappings.update(UUID, changedMappingGiven(context, before, given));
    return describedMappingAs(transition(before, after), scope, after);
  },
});

/** AWS: the state that a change leads through. */
function transition(before: EventSourceMapping, after: EventSourceMapping): string {
  if (before.isEnabled === after.isEnabled) return "Updating";
  return after.isEnabled ? "Enabling" : "Disabling";
}
