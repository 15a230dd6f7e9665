import { awsError } from "../../kernel/aws-error.ts";
import { checked, type Violation } from "../../model/check.ts";
import type { StructureShape } from "../../model/shape.ts";
import { constraintText } from "../constraint-wording.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";

export const InvalidParameterException = awsError("InvalidParameterException", { message: (text: string) => text });

export const RepositoryNotFoundException = awsError("RepositoryNotFoundException", {
  message: (name: string, registry: string) =>
    `The repository with name '${name}' does not exist in the registry with id '${registry}'`,
});

/** What the API model declares, and what never happens here. */
export const ServerException = awsError("ServerException", { status: 500, message: () => "" });

/** An operation of the service: its input is checked before the handler sees it. */
export function ecrOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: OperationDefinition<Call, I, O>,
): Operation {
  const { input: shape } = definition;
  const refuse = (found: readonly Violation[]) => new InvalidParameterException(constraintText(shape, found));
  return { ...definition, run: (call, input) => definition.handle(call, checked(shape, input, refuse)) };
}
