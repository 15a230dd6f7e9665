import type { Infer, StructureShape } from "../../model/shape.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";

/** What an operation works with. */
interface StsContext {
  readonly call: Call;
}

export type StsOperation = Operation<StsContext>;

/** An operation of the service. */
export function stsOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: OperationDefinition<StsContext, I, O>,
): StsOperation {
  return { ...definition, run: (context, input) => definition.handle(context, input as Infer<I>) };
}
