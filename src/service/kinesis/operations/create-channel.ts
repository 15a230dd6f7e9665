import { required, structure } from "../../../model/shape.ts";
import { channelDefinition, channelInput } from "../channel-definition.ts";
import { describeChannel } from "../channel-description.ts";
import { channelDescription } from "../channel-shapes.ts";
import {
  changeErrors,
  kmsErrors,
  LimitExceededException,
  ResourceInUseException,
  ValidationException,
} from "../errors.ts";
import { kinesisOperation, streamsOf } from "../operation.ts";

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
    "A channel without a place for dead letters puts them in the bucket it delivers to.",
  ],
  handle(context, input) {
    const definition = channelDefinition(context, input);
    const channel = streamsOf(context).channels.create(definition);
    if (channel === "exists") {
      throw new ResourceInUseException(
        `Channel ${definition.name} under account ${context.call.scope.account} already exists.`,
      );
    }
    if (channel === "limit") {
      throw new LimitExceededException(`The number of channels cannot be greater than ${context.quotas.channels}.`);
    }
    // AWS: whatever has become of it in the meantime.
    return { ChannelDescription: { ...describeChannel(channel), ChannelStatus: "CREATING" } };
  },
});
