import type { Consumer } from "../../../engine/stream/consumer/consumer.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import type { KinesisContext } from "../operation.ts";
import { consumerNotFound, invalidArgument } from "../refusals.ts";
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
export interface FoundConsumer {
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

/** Throws what is said of a consumer that there is none of, and InvalidArgumentException for an ARN of another region. */
export function consumerWithArn(
  { call, directory }: KinesisContext,
  arn: string,
  notFound: (arn: string, account: string) => AwsError = consumerNotFound,
): FoundConsumer {
  const found = directory.consumerByArn(arn);
  const { scope } = found?.stream ?? streamOfArn(arn);
  if (!isServedBy(call, scope)) throw ofOtherRegion(arn);
  if (found === undefined) throw notFound(arn, scope.account);
  return found;
}

function consumerNamed(context: KinesisContext, streamArn: string, name: string): FoundConsumer {
  const stream = streamByArn(context, streamArn);
  if (stream === undefined) throw noStreamOf(context.call, streamArn);
  const consumer = stream.consumers.find(name);
  if (consumer === undefined) throw consumerNotFound(name, stream.scope.account);
  return { stream, consumer };
}
