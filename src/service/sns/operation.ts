import type { MobileDirectory } from "../../engine/mobile/mobile-directory.ts";
import type { SmsDirectory } from "../../engine/sms/sms-directory.ts";
import type { TopicDirectory } from "../../engine/topic/topic-directory.ts";
import type { Ids } from "../../kernel/ids.ts";
import { NotYet } from "../../kernel/not-yet.ts";
import { callerArn, partitionOf } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { checked, type Violation } from "../../model/check.ts";
import { type Shape, type StructureShape, shapeOf } from "../../model/shape.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";
import { invalidParameter } from "./errors.ts";
import { type FaultOf, faultOfApplication, faultOfEndpoint } from "./mobile/push-arn.ts";
import type { SnsPorts } from "./ports.ts";
import { applicationArn, arn, endpointArn, taggedArn } from "./shapes.ts";
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

/** A parameter of an operation that names a resource. */
interface ArnParameter {
  readonly name: string;
  readonly isRequired: boolean;
  readonly faultOf: FaultOf;
  /** The latest that was sound: whoever publishes names the same topic again and again. */
  sound: SoundArn | undefined;
}

/** An ARN, and of whoever named it what decides whether it is sound. */
interface SoundArn {
  readonly arn: string;
  readonly region: string;
  readonly namesRegion: boolean;
}

const anyResource: FaultOf = () => undefined;

/** The shapes of ARNs, and what is asked of the resource they name. */
const arnShapes: ReadonlyMap<Shape, FaultOf> = new Map<Shape, FaultOf>([
  [arn, anyResource],
  [taggedArn, anyResource],
  [applicationArn, faultOfApplication],
  [endpointArn, faultOfEndpoint],
]);

/** The parameters of an input that are ARNs. */
function arnParametersOf({ members }: StructureShape): readonly ArnParameter[] {
  return Object.entries(members).flatMap(([name, member]) => {
    const faultOf = arnShapes.get(shapeOf(member));
    return faultOf === undefined ? [] : [{ name, isRequired: "isRequired" in member, faultOf, sound: undefined }];
  });
}

/**
 * Throws InvalidParameter unless every ARN that is wanted is there, and each is one, of the region that is called. AWS:
 * told before anything else about the input, such as attributes that are missing.
 */
function checkArnParameters(call: Call, parameters: readonly ArnParameter[], input: unknown): void {
  for (const parameter of parameters) {
    const { name, isRequired } = parameter;
    const value = (input as Readonly<Record<string, string | undefined>>)[name];
    if (value !== undefined) checkUnlessSound(call, parameter, value);
    else if (isRequired) throw invalidParameter(name, "no value for required parameter");
  }
}

function checkUnlessSound(call: Call, parameter: ArnParameter, arn: string): void {
  const { namesRegion, scope } = call;
  const { sound } = parameter;
  if (sound?.arn === arn && sound.region === scope.region && sound.namesRegion === namesRegion) return;
  checkArn(call, parameter, arn);
  parameter.sound = { arn, region: scope.region, namesRegion };
}

function checkArn(call: Call, { name, faultOf }: ArnParameter, value: string): void {
  const region = regionIn(value);
  if (region === undefined) {
    const { length } = value.split(":");
    throw invalidParameter(name, `An ARN must have at least 6 elements, not ${length}`);
  }
  const partition = partitionIn(call, region);
  if (!value.startsWith(`arn:${partition}:`)) {
    throw invalidParameter(name, `A ${region} ARN must begin with arn:${partition}, not ${value}`);
  }
  const fault = faultOf(value.slice(afterColons(value, ARN_COLONS, 0)));
  if (fault !== undefined) throw invalidParameter(name, fault);
  if (!isCallersRegion(call, region)) throw invalidParameter(name);
}

const REGION = /^[a-z]+(?:-[a-z]+)+-\d+$/;

/** The partition that AWS finds for the region an ARN names. Observed: `null` for what is no region, such as none at all. */
function partitionIn(call: Call, region: string): string {
  return isCallersRegion(call, region) || REGION.test(region) ? partitionOf(region) : "null";
}

/** Colons before the resource. */
const ARN_COLONS = 5;

/** The region of a text with the six elements of an ARN; undefined when there are fewer. Every request is asked, so nothing is split. */
function regionIn(text: string): string | undefined {
  const regionAt = afterColons(text, 3, 0);
  const accountAt = regionAt < 0 ? -1 : afterColons(text, 1, regionAt);
  if (accountAt < 0 || !text.includes(":", accountAt)) return undefined;
  return text.slice(regionAt, accountAt - 1);
}

/** Where the text goes on after so many colons; -1 when there are fewer. */
function afterColons(text: string, count: number, start: number): number {
  let at = start;
  for (let passed = 0; passed < count; passed++) {
    at = text.indexOf(":", at) + 1;
    if (at === 0) return -1;
  }
  return at;
}

/** Whether a resource of that region can be meant; any can when neither signature nor host say which one is called. */
export function isCallersRegion({ namesRegion, scope }: Call, region: string): boolean {
  return !namesRegion || region === scope.region;
}
