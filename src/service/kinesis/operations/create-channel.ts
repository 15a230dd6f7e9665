import type { ChannelRefusal } from "../../../engine/stream/channel/channels.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { required, structure } from "../../../model/shape.ts";
import { channelDefinition, channelInput } from "../channel/channel-definition.ts";
import { describeChannel } from "../channel/channel-description.ts";
import { channelDescription } from "../channel/channel-shapes.ts";
import {
  changeErrors,
  kmsErrors,
  LimitExceededException,
  ResourceInUseException,
  ValidationException,
} from "../errors.ts";
import { type KinesisContext, kinesisOperation, streamsOf } from "../operation.ts";

/** Creates a channel that delivers a stream's records to a bucket or a table. API_CreateChannel. */
export const createChannel = kinesisOperation({
  name: "CreateChannel",
  rate: { perSecond: 5 },
  input: channelInput,
  output: structure({ ChannelDescription: required(channelDescription) }),
  errors: [...changeErrors, ValidationException, ...kmsErrors],
  gaps: [
    "AWS's texts for what a channel cannot be created with are not known.",
    "The role is stored, nobody looks whether it may do what it is for.",
    "A channel to a bucket delivers where --channel-dir says, and nowhere unless it says something; tables get nothing.",
    "Objects have neither storage class nor encryption, and nothing is logged. On Node 20, what ZSTD makes is well-formed but no smaller.",
    "Records stand one behind the other in an object; whether AWS puts something between them is not known, nor how its dead letters look.",
  ],
  handle(context, input) {
    const channel = streamsOf(context).channels.create((id) => channelDefinition(context, input, id));
    if (typeof channel === "string") throw refusalOf(channel, context, input.ChannelName);
    // AWS: whatever has become of it in the meantime.
    return { ChannelDescription: { ...describeChannel(channel), ChannelStatus: "CREATING" } };
  },
});

/** The texts are ours. */
function refusalOf(reason: ChannelRefusal, { call, quotas }: KinesisContext, name: string): AwsError {
  switch (reason) {
    case "exists":
      return new ResourceInUseException(`Channel ${name} under account ${call.scope.account} already exists.`);
    case "streamTaken":
      return new LimitExceededException("A stream can have one channel to S3 and one to S3 tables.");
    case "limit":
      return new LimitExceededException(`The number of channels cannot be greater than ${quotas.channels}.`);
  }
}
