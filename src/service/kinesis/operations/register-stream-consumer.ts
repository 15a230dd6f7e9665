import { required, structure } from "../../../model/shape.ts";
import { consumerRefusal } from "../consumer/consumer-refusal.ts";
import {
  InvalidArgumentException,
  LimitExceededException,
  ResourceInUseException,
  ResourceNotFoundException,
} from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { consumer, consumerName, streamArn, streamId, tagMap } from "../shapes.ts";
import { describeConsumer } from "../stream/descriptions.ts";
import { firstTags } from "../tags.ts";

/** Registers a consumer, which can then subscribe to shards. API_RegisterStreamConsumer. */
export const registerStreamConsumer = streamOperation({
  name: "RegisterStreamConsumer",
  rate: { perSecond: 5 },
  input: structure({
    StreamARN: required(streamArn),
    ConsumerName: required(consumerName),
    StreamId: streamId,
    Tags: tagMap,
  }),
  output: structure({ Consumer: required(consumer) }),
  errors: [InvalidArgumentException, LimitExceededException, ResourceInUseException, ResourceNotFoundException],
  handle({ stream, quotas }, { ConsumerName: name, Tags }) {
    const tags = firstTags(Tags, stream, quotas.tagsPerResource);
    const registered = stream.consumers.register(name, tags);
    if (typeof registered === "string") throw consumerRefusal(registered, { stream, name, quotas });
    // AWS: whatever has become of it in the meantime.
    return { Consumer: { ...describeConsumer(registered), ConsumerStatus: "CREATING" } };
  },
});
