import type { Consumer } from "../../../engine/stream/consumer/consumer.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { ResourceNotFoundException } from "../errors.ts";
import type { KinesisContext } from "../operation.ts";
import { invalidArgument } from "../refusals.ts";
import { consumerArn, consumerName, streamArn, streamId } from "../shapes.ts";
import { isServedBy, noStreamOf, ofOtherRegion, streamByArn, streamOfArn } from "../stream/stream-address.ts";

/** The members by which an input names a consumer: its ARN, or its stream's and its name. */
export const consumerMembers = {
  StreamARN: streamArn,
  ConsumerName: consumerName,
  ConsumerARN: consumerArn,
  StreamId: streamId,
};

interface ConsumerMembers {
  readonly StreamARN?: string | undefined;
  readonly ConsumerName?: string | undefined;
  readonly ConsumerARN?: string | undefined;
}

/** A consumer with its stream. */
interface FoundConsumer {
  readonly stream: Stream;
  readonly consumer: Consumer;
}

/** Throws ResourceNotFoundException, and InvalidArgumentException when the members say too little or contradict. */
export function consumerAt(context: KinesisContext, members: ConsumerMembers): FoundConsumer {
  const { StreamARN, ConsumerName, ConsumerARN } = members;
  if (ConsumerARN === undefined) {
    if (StreamARN !== undefined && ConsumerName !== undefined) return consumerNamed(context, StreamARN, ConsumerName);
    throw invalidArgument("Either ConsumerARN or both StreamARN and ConsumerName must be provided."); // the text is ours
  }
  const found = consumerWithArn(context, ConsumerARN);
  const isOther =
    (StreamARN !== undefined && found.stream.arn !== StreamARN) ||
    (ConsumerName !== undefined && found.consumer.name !== ConsumerName);
  if (isOther) throw invalidArgument(`ConsumerARN ${ConsumerARN} does not fit StreamARN and ConsumerName.`); // ours, too
  return found;
}

/** Throws ResourceNotFoundException when there is no consumer of that ARN, and InvalidArgumentException for another region's. */
export function consumerWithArn({ call, directory }: KinesisContext, arn: string): FoundConsumer {
  const found = directory.consumerByArn(arn);
  const { scope } = found?.stream ?? streamOfArn(arn);
  if (!isServedBy(call, scope)) throw ofOtherRegion(arn);
  if (found === undefined) throw noConsumerOf(arn);
  return found;
}

/** AWS: what the ARN says. */
export function noConsumerOf(arn: string): AwsError {
  const { name: stream, scope } = streamOfArn(arn);
  const [name, second] = arn.slice(arn.lastIndexOf("/") + 1).split(":");
  return new ResourceNotFoundException(
    `Consumer ${name} with creation timestamp ${second} under stream: ${stream}, account ${scope.account} not found.`,
  );
}

function consumerNamed(context: KinesisContext, streamArn: string, name: string): FoundConsumer {
  const stream = streamByArn(context, streamArn);
  if (stream === undefined) throw noStreamOf(context.call, streamArn);
  const consumer = stream.consumers.find(name);
  if (consumer === undefined)
    throw new ResourceNotFoundException(`Consumer ${name}, account ${stream.scope.account} not found.`);
  return { stream, consumer };
}
