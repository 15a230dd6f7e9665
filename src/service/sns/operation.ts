import type { MobileDirectory } from "../../engine/mobile/mobile-directory.ts";
import type { SmsDirectory } from "../../engine/sms/sms-directory.ts";
import type { TopicDirectory } from "../../engine/topic/topic-directory.ts";
import type { Ids } from "../../kernel/ids.ts";
import { callerArn } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { StructureShape } from "../../model/shape.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";
import { arnParametersOf, checkArnParameters } from "./arn-parameters.ts";
import type { SnsPorts } from "./ports.ts";
import { check } from "./wording.ts";

/** What the service is given at construction. */
export interface SnsDeps {
  readonly topics: TopicDirectory;
  readonly mobile: MobileDirectory;
  readonly sms: SmsDirectory;
  readonly ids: Ids;
  readonly clockOf: (account: string) => Clock;
  readonly ports: SnsPorts;
}

/** What an operation works with. */
export interface SnsContext extends SnsDeps {
  readonly call: Call;
}

export type SnsOperation = Operation<SnsContext>;

/** What errors call whoever makes the call. AWS: `anonymous` when nobody signs. */
export function callerOf({ isSigned, scope }: Call): string {
  return isSigned ? callerArn(scope) : "anonymous";
}

/** An operation of the service: its ARNs, then all of its input are checked before the handler sees it. */
export function snsOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: OperationDefinition<SnsContext, I, O>,
): SnsOperation {
  const arns = arnParametersOf(definition.input);
  return {
    ...definition,
    run(context, input) {
      checkArnParameters(context.call, arns, input);
      return definition.handle(context, check(definition.input, input));
    },
  };
}
