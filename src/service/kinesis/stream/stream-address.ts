import type { StreamDirectory } from "../../../engine/stream/account/stream-directory.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Call } from "../../service.ts";
import { invalidArgument, type NamedStream, streamNotFound } from "../refusals.ts";

/** The members by which an input names a stream. */
export interface AddressMembers {
  readonly StreamName?: string | undefined;
  readonly StreamARN?: string | undefined;
}

/** What finding a stream takes. */
interface Finder {
  readonly call: Call;
  readonly directory: StreamDirectory;
}

const BEFORE_NAME = "stream/";

/**
 * The stream an input means, by name in the caller's account and region, or by ARN wherever that is. The Kinesis Client
 * Library sends both, also for a stream of another account. Throws InvalidArgumentException when they say nothing, or
 * different names.
 */
export function addressOf({ scope }: Call, { StreamName, StreamARN }: AddressMembers): NamedStream {
  // The texts are ours.
  if (StreamARN === undefined) {
    if (StreamName === undefined) throw invalidArgument("Either StreamARN or StreamName must be provided.");
    return { name: StreamName, scope };
  }
  const named = streamOfArn(StreamARN);
  if (StreamName !== undefined && StreamName !== named.name) {
    throw invalidArgument(`StreamARN ${StreamARN} and StreamName ${StreamName} do not name the same stream.`);
  }
  return named;
}

/** What the ARN says; it has the form of a stream's or consumer's. */
export function streamOfArn(text: string): NamedStream {
  const arn = parseArn(text);
  if (arn === undefined) throw invalidArgument(`Invalid ARN: ${text}`);
  const { partition, region, account, resource } = arn;
  const [name = ""] = resource.slice(resource.indexOf(BEFORE_NAME) + BEFORE_NAME.length).split("/");
  return { name, scope: { partition, region, account } };
}

/** The stream of that ARN, in whatever state; undefined when the region that is called has none. */
export function streamByArn({ call, directory }: Finder, arn: string): Stream | undefined {
  const stream = directory.byArn(arn);
  return stream !== undefined && isServedBy(call, stream.scope) ? stream : undefined;
}

/** Whether the region that is called serves a resource of that scope. AWS: other accounts' yes, other regions' no. */
export function isServedBy({ scope }: Call, { region }: Scope): boolean {
  return region === scope.region;
}

/** The stream an input means, in whatever state; undefined when it does not exist. */
export function findStream(finder: Finder, { StreamName, StreamARN }: AddressMembers): Stream | undefined {
  const { call, directory } = finder;
  if (StreamARN !== undefined) return streamByArn(finder, StreamARN);
  return StreamName === undefined ? undefined : directory.in(call.scope).find(StreamName);
}

/** The stream an input means. Throws ResourceNotFoundException when it does not exist, and InvalidArgumentException for another region's. */
export function streamAt(finder: Finder, members: AddressMembers): Stream {
  const address = addressOf(finder.call, members);
  const stream = findStream(finder, members);
  if (stream !== undefined) return stream;
  throw members.StreamARN === undefined ? streamNotFound(address) : noStreamOf(finder.call, members.StreamARN);
}

/** What AWS says of an ARN that leads to no stream. */
export function noStreamOf(call: Call, arn: string): AwsError {
  const named = streamOfArn(arn);
  return isServedBy(call, named.scope) ? streamNotFound(named) : ofOtherRegion(arn);
}

/** What AWS says of an ARN of another region. */
export function ofOtherRegion(arn: string): AwsError {
  return invalidArgument(`The region specified in the ARN '${arn}' does not match the endpoint region`);
}
