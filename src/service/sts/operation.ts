import { awsError } from "../../kernel/aws-error.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { checked, type Violation } from "../../model/check.ts";
import type { StructureShape } from "../../model/shape.ts";
import { constraintText } from "../constraint-wording.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";

/** What the service is given at construction. */
export interface StsDeps {
  readonly ids: Ids;
  readonly clockOf: (account: string) => Clock;
}

/** What an operation works with. */
interface StsContext extends StsDeps {
  readonly call: Call;
}

export type StsOperation = Operation<StsContext>;

/** What is wrong with an input. Not in the model. */
export const ValidationError = awsError("ValidationError", { isModelled: false, message: (text: string) => text });

/** Of a policy that is passed to a session. GAP: the words are IAM's. */
export const MalformedPolicyDocument = awsError("MalformedPolicyDocumentException", {
  queryCode: "MalformedPolicyDocument",
  message: (text: string) => text,
});

/** Of policies that are passed to a session and take more room than there is, in percent of that. GAP: the words are from memory. */
export const PackedPolicyTooLarge = awsError("PackedPolicyTooLargeException", {
  queryCode: "PackedPolicyTooLarge",
  message: (percent: number) => `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
});

/** An operation of the service: its input is checked before the handler sees it. */
export function stsOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: OperationDefinition<StsContext, I, O>,
): StsOperation {
  const { input: shape } = definition;
  const refuse = (found: readonly Violation[]) => new ValidationError(constraintText(shape, found));
  return { ...definition, run: (context, input) => definition.handle(context, checked(shape, input, refuse)) };
}
