import type { Channel } from "../../../engine/stream/channel/channel.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { present } from "../../../kernel/present.ts";
import { ResourceInUseException, ResourceNotFoundException } from "../errors.ts";
import type { KinesisContext } from "../operation.ts";
import { isServedBy } from "../stream/stream-address.ts";

/** Throws ResourceNotFoundException when there is no channel of that ARN. The texts are ours. */
export function channelAt({ call, directory }: KinesisContext, arn: string): Channel {
  const channel = directory.channelByArn(arn);
  if (channel === undefined || !isServedBy(call, present(parseArn(arn), "the ARN of a channel")))
    throw new ResourceNotFoundException(`Channel ${arn} not found.`);
  return channel;
}

export function channelNotActive({ name, status }: Channel): AwsError {
  return new ResourceInUseException(`Channel ${name} not ACTIVE, instead in state ${status}`);
}
