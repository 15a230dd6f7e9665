import { structure } from "../../../model/shape.ts";
import { consumerAt, consumerMembers } from "../consumer/consumer-address.ts";
import { InvalidArgumentException, LimitExceededException, ResourceNotFoundException } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";

/** Ends a consumer and its subscriptions. API_DeregisterStreamConsumer. */
export const deregisterStreamConsumer = kinesisOperation({
  name: "DeregisterStreamConsumer",
  rate: { perSecond: 5, of: "stream" },
  input: structure(consumerMembers),
  errors: [InvalidArgumentException, LimitExceededException, ResourceNotFoundException],
  handle(context, input) {
    const { stream, consumer } = consumerAt(context, input);
    stream.consumers.deregister(consumer);
  },
});
