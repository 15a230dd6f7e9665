import type { StreamDirectory } from "../../engine/stream/account/stream-directory.ts";
import type { Streams } from "../../engine/stream/account/streams.ts";
import type { StreamQuotas } from "../../engine/stream/rules.ts";
import type { Stream } from "../../engine/stream/stream.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Contract } from "../../model/contract.ts";
import type { Infer, StructureShape } from "../../model/shape.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";
import { LimitExceededException } from "./errors.ts";
import { type NamedStream, rateExceeded, under } from "./refusals.ts";
import { type AddressMembers, addressOf, streamAt } from "./stream/stream-address.ts";
import { check } from "./wording.ts";

/** What the service is given at construction. */
export interface KinesisDeps {
  readonly directory: StreamDirectory;
  readonly clockOf: (account: string) => Clock;
  readonly quotas: StreamQuotas;
}

/** What an operation works with. */
export interface KinesisContext extends KinesisDeps {
  readonly call: Call;
}

/** Gives each call its context. */
export function contextsOn({ directory, clockOf, quotas }: KinesisDeps): (call: Call) => KinesisContext {
  return (call) => ({ call, directory, clockOf, quotas });
}

/** What an operation on a stream works with. */
interface StreamContext extends KinesisContext {
  readonly stream: Stream;
}

export type KinesisOperation = Operation<KinesisContext>;

/** How often an operation can be called. It counts only where shards have a limited capacity, too. */
interface CallRate {
  readonly perSecond: number;
  /** Whose calls are counted together; those of an account in a region unless said. */
  readonly of?: "account" | "stream";
}

interface KinesisDefinition<Context, I extends StructureShape, O extends StructureShape | undefined>
  extends OperationDefinition<Context, I, O> {
  readonly rate?: CallRate;
  /** The shape to check the input against where that depends on more than the contract. */
  readonly shapeFor?: (context: KinesisContext, unchecked: Infer<I>) => I;
}

/** An operation that finds out by itself which stream it is about, if any. */
export function kinesisOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: KinesisDefinition<KinesisContext, I, O>,
): KinesisOperation {
  const { input: shape, shapeFor, rate, name } = definition;
  return {
    ...definition,
    run(context, input) {
      const checked = check(shapeFor === undefined ? shape : shapeFor(context, input as Infer<I>), input);
      if (rate !== undefined) countCall(context, checked as ResourceMembers, { ...rate, name });
      return definition.handle(context, checked);
    },
  };
}

/** An operation on a stream that has to exist before anything else about the call matters. */
export function streamOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: KinesisDefinition<StreamContext, I, O>,
): KinesisOperation {
  return kinesisOperation<I, O>({
    ...definition,
    handle: (context, input) =>
      definition.handle({ ...context, stream: streamAt(context, input as AddressMembers) }, input),
  });
}

/** What an operation that answers with events is defined by. */
interface EventDefinition<I extends StructureShape> extends Contract {
  readonly input: I;
  readonly events: StructureShape;
  handle(context: KinesisContext, input: Infer<I>): AsyncIterable<object>;
}

/** An operation that answers with one event after the other. */
export function eventOperation<I extends StructureShape>(definition: EventDefinition<I>): KinesisOperation {
  return {
    ...definition,
    run(context, input) {
      return definition.handle(context, check(definition.input, input));
    },
  };
}

/** The streams of the caller's account and region. */
export function streamsOf({ call, directory }: KinesisContext): Streams {
  return directory.in(call.scope);
}

/** The members that name a stream, be it by way of its consumer. */
interface ResourceMembers extends AddressMembers {
  readonly ConsumerARN?: string | undefined;
  readonly ResourceARN?: string | undefined;
}

/** Throws LimitExceededException for a call too many. */
function countCall(
  context: KinesisContext,
  input: ResourceMembers,
  { perSecond, of = "account", name }: CallRate & { readonly name: string },
): void {
  const { call, directory } = context;
  if (directory.calls === undefined) return;
  const stream = streamMeant(context, input);
  const key = of === "stream" && stream !== undefined ? `${name} ${under(stream)}` : name;
  if (!directory.calls.admit(call.scope, key, perSecond)) throw tooManyCalls(context, stream);
}

function streamMeant({ call }: KinesisContext, input: ResourceMembers): NamedStream | undefined {
  const { StreamName, StreamARN, ConsumerARN, ResourceARN } = input;
  const arn = StreamARN ?? ConsumerARN ?? ResourceARN;
  if (arn === undefined && StreamName === undefined) return undefined;
  return addressOf(call, { StreamName, StreamARN: arn });
}

// AWS: the text for calls about no stream is not known.
function tooManyCalls({ call }: KinesisContext, stream: NamedStream | undefined) {
  if (stream !== undefined) return rateExceeded(stream);
  return new LimitExceededException(`Rate exceeded for account ${call.scope.account}.`);
}
