import type { MobileDirectory } from "../../engine/mobile/mobile-directory.ts";
import type { SmsDirectory } from "../../engine/sms/sms-directory.ts";
import type { TopicDirectory } from "../../engine/topic/topic-directory.ts";
import type { Ids } from "../../kernel/ids.ts";
import { NotYet } from "../../kernel/not-yet.ts";
import { callerArn } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { checked, type Violation } from "../../model/check.ts";
import { type StructureShape, shapeOf } from "../../model/shape.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";
import { invalidParameter } from "./errors.ts";
import type { SnsPorts } from "./ports.ts";
import { arn, taggedArn } from "./shapes.ts";
import { worded } from "./wording.ts";

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

/** Gives each call its context. */
export function contextsOn({ topics, mobile, sms, ids, clockOf, ports }: SnsDeps): (call: Call) => SnsContext {
  return (call) => ({ call, topics, mobile, sms, ids, clockOf, ports });
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
  const { input: shape } = definition;
  const arns = arnParametersOf(shape);
  const refuse = (found: readonly Violation[]) => worded(shape, found);
  return {
    ...definition,
    run(context, input) {
      checkArnParameters(context.call, arns, input);
      const lag = context.topics.lag(context.call.scope.account);
      if (lag !== undefined) throw new NotYet(lag);
      return definition.handle(context, checked(shape, input, refuse));
    },
  };
}

const ARN_ELEMENTS = 6;
const REGION_ELEMENT = 3;

/** A parameter of an operation that names a resource. */
interface ArnParameter {
  readonly name: string;
  readonly isRequired: boolean;
}

/** The parameters of an input that are ARNs. */
function arnParametersOf({ members }: StructureShape): readonly ArnParameter[] {
  return Object.entries(members)
    .map(([name, member]) => ({ name, shape: shapeOf(member), isRequired: "isRequired" in member }))
    .filter(({ shape }) => shape === arn || shape === taggedArn)
    .map(({ name, isRequired }) => ({ name, isRequired }));
}

/**
 * Throws InvalidParameter unless every ARN that is wanted is there, and each is one, of the region that is called. AWS:
 * told before anything else about the input, such as attributes that are missing.
 */
function checkArnParameters(call: Call, parameters: readonly ArnParameter[], input: unknown): void {
  for (const { name, isRequired } of parameters) {
    const value = (input as Readonly<Record<string, string | undefined>>)[name];
    if (value !== undefined) checkArn(call, name, value);
    else if (isRequired) throw invalidParameter(name, "no value for required parameter");
  }
}

function checkArn(call: Call, parameter: string, value: string): void {
  const elements = value.split(":", ARN_ELEMENTS);
  if (elements.length < ARN_ELEMENTS) {
    throw invalidParameter(parameter, `An ARN must have at least ${ARN_ELEMENTS} elements, not ${elements.length}`);
  }
  if (!isCallersRegion(call, elements[REGION_ELEMENT])) throw invalidParameter(parameter);
}

/** Whether a resource of that region can be meant; any can when neither signature nor host say which one is called. */
export function isCallersRegion({ namesRegion, scope }: Call, region: string | undefined): boolean {
  return !namesRegion || region === scope.region;
}
