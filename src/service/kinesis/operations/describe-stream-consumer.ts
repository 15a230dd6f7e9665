import { required, string, structure } from "../../../model/shape.ts";
import { consumerAt, consumerMembers } from "../consumer/consumer-address.ts";
import { InvalidArgumentException, LimitExceededException, ResourceNotFoundException } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { consumer } from "../shapes.ts";
import { describeConsumer } from "../stream/descriptions.ts";

const description = structure({ ...consumer.members, StreamARN: required(string()) });

/** Describes a consumer. API_DescribeStreamConsumer. */
export const describeStreamConsumer = kinesisOperation({
  name: "DescribeStreamConsumer",
  rate: { perSecond: 20, of: "stream" },
  input: structure(consumerMembers),
  output: structure({ ConsumerDescription: required(description) }),
  errors: [InvalidArgumentException, LimitExceededException, ResourceNotFoundException],
  handle(context, input) {
    const found = consumerAt(context, input);
    return { ConsumerDescription: { ...describeConsumer(found.consumer), StreamARN: found.stream.arn } };
  },
});
