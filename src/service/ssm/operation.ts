import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { checked, type Violation } from "../../model/check.ts";
import { long, type StructureShape, string, structure, timestamp } from "../../model/shape.ts";
import { constraintText } from "../constraint-wording.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";
import { ValidationException } from "./errors.ts";
import { type ParameterStore, parameterArn, type StoredParameter } from "./parameter-store.ts";

/** What the service is given at construction. */
export interface SsmDeps {
  readonly store: ParameterStore;
  readonly clockOf: (account: string) => Clock;
}

/** What an operation works with. */
interface SsmContext extends SsmDeps {
  readonly call: Call;
}

export type SsmOperation = Operation<SsmContext>;

/** An operation of the service: its input is checked before the handler sees it. */
export function ssmOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: OperationDefinition<SsmContext, I, O>,
): SsmOperation {
  const { input: shape } = definition;
  const refuse = (found: readonly Violation[]) => new ValidationException(constraintText(shape, found));
  return { ...definition, run: (context, input) => definition.handle(context, checked(shape, input, refuse)) };
}

export const parameterName = string({ min: 1, max: 2048 });

export const parameter = structure({
  Name: string(),
  Type: string(),
  Value: string(),
  Version: long(),
  Selector: string(),
  SourceResult: string(),
  LastModifiedDate: timestamp(),
  ARN: string(),
  DataType: string(),
});

/** A parameter as it is shown; the selector is the version that was asked for. */
export function parameterView(scope: Scope, { name, type, value, version, changedAt, dataType }: StoredParameter) {
  return {
    ...{ Name: name, Type: type, Value: value, Version: version, LastModifiedDate: changedAt, DataType: dataType },
    ARN: parameterArn(scope, name),
  };
}
