import type { FunctionDirectory } from "../../engine/function/function-directory.ts";
import type { InvokeFunction, QueueEvent } from "../../engine/invocation.ts";
import type { MappingDirectory } from "../../engine/mapping/mapping-directory.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { RestContract } from "../../model/contract.ts";
import type { Infer, StructureShape } from "../../model/shape.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";
import type { CodeSources } from "./code/code-sources.ts";
import type { CodeStore } from "./code/code-store.ts";
import type { EventSources } from "./mapping/event-sources.ts";
import { check } from "./wording.ts";

/** What the service is given at construction. */
export interface LambdaDeps {
  readonly directory: FunctionDirectory;
  readonly ids: Ids;
  readonly code: CodeStore;
  readonly sources: CodeSources;
  readonly mappings: MappingDirectory;
  readonly eventSources: EventSources;
  readonly invoke: InvokeFunction;
  readonly queueEvent: QueueEvent;
}

/** What an operation works with. */
export interface LambdaContext extends LambdaDeps {
  readonly call: Call;
}

export type LambdaOperation = Operation<LambdaContext>;

type LambdaDefinition<I extends StructureShape, O extends StructureShape | undefined> = OperationDefinition<
  LambdaContext,
  I,
  O
> &
  Pick<RestContract, "http">;

/** An operation of the service: its input is checked before the handler sees it. */
export function lambdaOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: LambdaDefinition<I, O>,
): LambdaOperation {
  return { ...definition, run: (context, input) => definition.handle(context, check(definition.input, input)) };
}

/** What such an operation answers with: members of its output, and events. */
type WithEvents<O extends StructureShape> = Infer<O> & { readonly events: AsyncIterable<object> };

/** An operation that answers with one event after the other, and says something ahead of them. */
export function lambdaEventOperation<I extends StructureShape, O extends StructureShape>(
  definition: Omit<LambdaDefinition<I, O>, "handle"> & {
    readonly events: StructureShape;
    handle(context: LambdaContext, input: Infer<I>): Promise<WithEvents<O>>;
  },
): LambdaOperation {
  return { ...definition, run: (context, input) => definition.handle(context, check(definition.input, input)) };
}
