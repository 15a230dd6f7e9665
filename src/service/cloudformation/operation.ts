import type { StackDirectory } from "../../engine/stack/stack-directory.ts";
import { StackError } from "../../engine/stack/stack-errors.ts";
import type { Stacks } from "../../engine/stack/stacks.ts";
import type { Ids } from "../../kernel/ids.ts";
import { checked, type Violation } from "../../model/check.ts";
import type { StructureShape } from "../../model/shape.ts";
import { constraintText } from "../constraint-wording.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";
import type { Deployer } from "./stack/deployer.ts";

/** What the service is given at construction. */
export interface CloudFormationDeps {
  readonly directory: StackDirectory;
  readonly deployer: Deployer;
  readonly ids: Ids;
}

/** What an operation works with. */
export interface CloudFormationContext extends Pick<CloudFormationDeps, "deployer" | "ids"> {
  readonly call: Call;
  /** The stacks of the caller's account and region. */
  readonly stacks: Stacks;
}

export type CloudFormationOperation = Operation<CloudFormationContext>;

/** An operation of the service: its input is checked before the handler sees it. */
export function cloudFormationOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: OperationDefinition<CloudFormationContext, I, O>,
): CloudFormationOperation {
  const { input: shape } = definition;
  const refuse = (found: readonly Violation[]) => new StackError(constraintText(shape, found));
  return { ...definition, run: (context, input) => definition.handle(context, checked(shape, input, refuse)) };
}
