import type { Stream } from "../../engine/stream/stream.ts";
import type { AwsError } from "../../kernel/aws-error.ts";
import type { Scope } from "../../kernel/scope.ts";
import {
  InvalidArgumentException,
  LimitExceededException,
  ProvisionedThroughputExceededException,
  ResourceInUseException,
  ResourceNotFoundException,
  ValidationException,
} from "./errors.ts";

/** The errors that several operations word alike. */

/** A stream as errors mention it, whether or not it exists. */
export interface NamedStream {
  readonly name: string;
  readonly scope: Scope;
}

/** Quoted in nearly every error. */
export function under({ name, scope }: NamedStream): string {
  return `stream ${name} under account ${scope.account}`;
}

export function invalidArgument(text: string): AwsError {
  return new InvalidArgumentException(text);
}

export function streamNotFound({ name, scope }: NamedStream): AwsError {
  return new ResourceNotFoundException(`Stream ${name} under account ${scope.account} not found.`);
}

/** A shard in a place where it has to have been for some time. */
export function shardDoesNotExist(shardId: string, stream: NamedStream): AwsError {
  return new ResourceNotFoundException(`Shard ${shardId} in ${under(stream)} does not exist`);
}

/** A shard that a call names. */
export function shardNotFound(shardId: string, stream: NamedStream): AwsError {
  return new ResourceNotFoundException(`Could not find shard ${shardId} in ${under(stream)}.`);
}

/** The stream is in a state in which it takes no changes. */
export function notActive({ name, scope, status }: Stream): AwsError {
  return new ResourceInUseException(
    `Stream ${name} under account ${scope.account} not ACTIVE, instead in state ${status}`,
  );
}

export function inOnDemandMode({ name, scope }: NamedStream): AwsError {
  return new ValidationException(
    `Request is invalid. Stream ${name} under account ${scope.account} is in On-Demand mode.`,
  );
}

export function rateExceeded(stream: NamedStream): AwsError {
  return new LimitExceededException(`Rate exceeded for ${under(stream)}.`);
}

/** AWS: reads are refused in other words than writes. */
export function readRateExceeded(shardId: string, { name, scope }: NamedStream): AwsError {
  return new ProvisionedThroughputExceededException(`Rate exceeded for Shard - ${scope.account}/${name}/${shardId}`);
}

/** Only on-demand streams are warmed. */
export function warmsOnDemandOnly(): AwsError {
  return invalidArgument("WarmThroughputMiBps can only be set for ON_DEMAND streams");
}

/** The account would have more shards than it may. */
export function tooManyShards(
  { account, region }: Scope,
  { current, limit, added }: { readonly current: number; readonly limit: number; readonly added: number },
): AwsError {
  return new LimitExceededException(
    `This request would exceed the shard limit for the account ${account} in ${region}. Current shard count for the account: ${current}. Limit: ${limit}. Number of additional shards that would have resulted from this request: ${added}. Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`,
  );
}

// The text is ours.
export function noCommitment({ account }: Scope): AwsError {
  return new ValidationException(
    `WarmThroughputMiBps requires the minimum throughput billing commitment to be enabled for account ${account}.`,
  );
}

// The text is ours.
export function inProvisionedMode({ name, scope }: NamedStream): AwsError {
  return new ValidationException(
    `Request is invalid. Stream ${name} under account ${scope.account} is in Provisioned mode.`,
  );
}
