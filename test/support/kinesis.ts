import { StreamDirectory } from "../../src/engine/stream/account/stream-directory.ts";
import type { StreamRules } from "../../src/engine/stream/rules.ts";
import { EventLogs } from "../../src/kernel/event/event-logs.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import type { ControlledClock } from "../../src/kernel/time/controlled-clock.ts";
import { createKinesisService } from "../../src/service/kinesis/index.ts";
import type { Service } from "../../src/service/service.ts";
import { aCall, type CallOptions, type Failure, failureOf, type Input, run } from "./service-call.ts";
import { ACCOUNT, REGION, type RuleChanges, START, streamRules } from "./stream.ts";

export type { CallOptions, Input } from "./service-call.ts";

export { ACCOUNT, DAY, HOUR, MIB, MINUTE, REGION, SECOND, START, slow, throttled } from "./stream.ts";

/** An account other than the usual one. */
export const OTHER_ACCOUNT = "123456789012";

/** What GetRecords and subscriptions give of a record. */
export interface ReadRecord {
  readonly SequenceNumber: string;
  readonly ApproximateArrivalTimestamp: number;
  readonly Data: Uint8Array;
  readonly PartitionKey?: string;
  readonly EncryptionType?: string;
}

export interface Shard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly AdjacentParentShardId?: string;
  readonly HashKeyRange: { readonly StartingHashKey: string; readonly EndingHashKey: string };
  readonly SequenceNumberRange: { readonly StartingSequenceNumber: string; readonly EndingSequenceNumber?: string };
}

export interface Placed {
  readonly ShardId: string;
  readonly SequenceNumber: string;
  readonly EncryptionType?: string;
}

export interface ReadOutput {
  readonly Records: readonly ReadRecord[];
  readonly MillisBehindLatest: number;
  readonly NextShardIterator?: string;
  readonly ChildShards?: readonly (Pick<Shard, "ShardId" | "HashKeyRange"> & {
    readonly ParentShards: readonly string[];
  })[];
}

export interface StreamDescription {
  readonly StreamStatus: string;
  readonly Shards: readonly Shard[];
  readonly [member: string]: unknown;
}

export interface KinesisFixture {
  readonly service: Service;
  readonly directory: StreamDirectory;
  readonly rules: StreamRules;
  /** The usual account's clock, frozen. */
  readonly clock: ControlledClock;
  /** What the call answers with, of a type that is for the test to say. */
  call<Output = unknown>(operation: string, input?: Input, options?: CallOptions): Output;
  /** What the call fails with. */
  failure(operation: string, input?: Input, options?: CallOptions): Failure;
  /** The ARN of a stream, which need not exist. */
  arnOf(name: string, account?: string): string;
  /** Creates a stream and answers with its name; with one shard unless told, and ACTIVE. */
  create(name?: string, more?: Input): string;
  /** Creates an on-demand stream. */
  createOnDemand(name?: string, more?: Input): string;
  /** Puts texts one after the other, with "a" as their partition key unless told; answers with the answers. */
  put(name: string, texts: readonly string[], more?: Input): readonly Placed[];
  /** An iterator; of shard 0 from its oldest record unless told. */
  iterator(name: string, more?: Input): string;
  /** What GetRecords answers. */
  read(iterator: string, more?: Input): ReadOutput;
  /** DescribeStream's StreamDescription. */
  describe(name: string): StreamDescription;
  /** The ARN of a new consumer of the stream, ACTIVE. */
  register(name: string, consumer?: string): string;
}

/** Kinesis over the real engine, its time standing still until a test moves it. */
export function aKinesis(changes: RuleChanges = {}): KinesisFixture {
  const clocks = new Clocks({ now: () => START, at: () => () => {} });
  const clock = clocks.of(ACCOUNT);
  clock.freeze();
  const rules = streamRules(changes);
  const clockOf = (account: string) => clocks.of(account);
  const directory = new StreamDirectory({ clockOf, ids: seededIds("kinesis"), rules, logs: new EventLogs() });
  const service = createKinesisService({ directory, clockOf, quotas: rules.quotas });
  const call = <Output>(operation: string, input: Input = {}, options?: CallOptions): Output =>
    run(service, operation, input, aCall(options)) as Output;
  const base = { service, directory, rules, clock, call, arnOf };
  return { ...base, ...commands(call, (ms) => clock.advance(ms), rules), failure: failureWith(call) };
}

/** The same with strings, which the texts of records need not be yet. */
export function withStrings<Read extends { readonly Records: readonly ReadRecord[] }>(read: Read): Read {
  const Records = read.Records.map((record) => {
    const { SequenceNumber, PartitionKey } = record;
    const key = PartitionKey === undefined ? undefined : String(PartitionKey);
    return { ...record, SequenceNumber: String(SequenceNumber), PartitionKey: key };
  });
  return { ...read, Records };
}

function failureWith(call: KinesisFixture["call"]): KinesisFixture["failure"] {
  return (operation, input, options) => failureOf(() => call(operation, input, options));
}

function arnOf(name: string, account: string = ACCOUNT): string {
  return `arn:aws:kinesis:${REGION}:${account}:stream/${name}`;
}

type Commands = Omit<KinesisFixture, "service" | "directory" | "rules" | "clock" | "call" | "failure" | "arnOf">;

function commands(call: KinesisFixture["call"], advance: (ms: number) => void, { durations }: StreamRules): Commands {
  const create = (name: string, more: Input): string => {
    call("CreateStream", { StreamName: name, ...more });
    advance(durations.creatingMs);
    return name;
  };
  return {
    create: (name = "stream", more = {}) => create(name, { ShardCount: 1, ...more }),
    createOnDemand: (name = "stream", more = {}) =>
      create(name, { StreamModeDetails: { StreamMode: "ON_DEMAND" }, ...more }),
    put: (StreamName, texts, more = {}) =>
      texts.map((text) => call("PutRecord", { StreamName, Data: Buffer.from(text), PartitionKey: "a", ...more })),
    iterator: (StreamName, more = {}) => {
      const input = { StreamName, ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON", ...more };
      return call<{ readonly ShardIterator: string }>("GetShardIterator", input).ShardIterator;
    },
    read: (ShardIterator, more = {}) => withStrings(call<ReadOutput>("GetRecords", { ShardIterator, ...more })),
    describe: (StreamName) =>
      call<{ readonly StreamDescription: StreamDescription }>("DescribeStream", { StreamName }).StreamDescription,
    register: (name, ConsumerName = "consumer") => {
      const input = { StreamARN: arnOf(name), ConsumerName };
      const { Consumer } = call<{ readonly Consumer: { readonly ConsumerARN: string } }>(
        "RegisterStreamConsumer",
        input,
      );
      advance(durations.consumerCreatingMs);
      return Consumer.ConsumerARN;
    },
  };
}

/** An error of status 400. */
export function refusal(code: string, message: string): Failure {
  return { code, status: 400, message };
}

export function invalidArgument(message: string): Failure {
  return refusal("InvalidArgumentException", message);
}

export function limitExceeded(message: string): Failure {
  return refusal("LimitExceededException", message);
}

export function inUse(message: string): Failure {
  return refusal("ResourceInUseException", message);
}

export function notFound(message: string): Failure {
  return refusal("ResourceNotFoundException", message);
}

export function noStream(name: string): Failure {
  return notFound(`Stream ${name} under account ${ACCOUNT} not found.`);
}

/** There is no consumer c of the stream s that was created in the second the ARN ends with. */
export function noConsumer(arn: string): Failure {
  const second = arn.slice(arn.lastIndexOf(":") + 1);
  return notFound(`Consumer c with creation timestamp ${second} under stream: s, account ${ACCOUNT} not found.`);
}

/** The stream is in a state in which it takes no change. */
export function notActive(name: string, status: string): Failure {
  return inUse(`Stream ${name} under account ${ACCOUNT} not ACTIVE, instead in state ${status}`);
}

/** A shard in a place where it has to have been for some time. */
export function noShard(index: number, stream: string): Failure {
  return notFound(`Shard ${shardId(index)} in stream ${stream} under account ${ACCOUNT} does not exist`);
}

/** A shard that is not open any more. */
export function alreadyResharded(stream: string, index: number): Failure {
  const where = `Shard ${shardId(index)} in stream ${stream} under account ${ACCOUNT}`;
  return invalidArgument(
    `${where} has already been merged or split, and thus is not eligible for merging or splitting.`,
  );
}

/** What only provisioned streams take. */
export function onDemandMode(name: string): Failure {
  return refusal(
    "ValidationException",
    `Request is invalid. Stream ${name} under account ${ACCOUNT} is in On-Demand mode.`,
  );
}

/** The id of the shard with that index. */
export function shardId(index: number): string {
  return `shardId-${String(index).padStart(12, "0")}`;
}

/** ValidationException with those errors, which begin after `Value`. */
export function invalid(...clauses: readonly string[]): Failure {
  const errors = clauses.length === 1 ? "1 validation error" : `${clauses.length} validation errors`;
  const text = clauses.map((clause) => `Value ${clause.replace(": ", " failed to satisfy constraint: ")}`).join("; ");
  return refusal("ValidationException", `${errors} detected: ${text}`);
}

/** ValidationException for data in those places that is longer than its stream takes. */
export function longerThanStreamTakes(maxBytes: number, ...places: readonly string[]): Failure {
  const clauses = places.map((place) => `at '${place}': Member must have length less than or equal to ${maxBytes}`);
  const { message, ...rest } = invalid(...clauses);
  return { ...rest, message: `${message}.` };
}

/** The texts of records that were read. */
export function textsOf(records: readonly { readonly Data: Uint8Array }[]): string[] {
  return records.map(({ Data }) => Buffer.from(Data).toString());
}
