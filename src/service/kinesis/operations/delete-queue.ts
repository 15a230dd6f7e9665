import { required, structure } from "../../../model/shape.ts";
import { queueErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { queueAt } from "../queue/queue-address.ts";
import { queueArn } from "../queue/queue-shapes.ts";

/** Deletes a queue; the records stay in the stream. API_DeleteQueue. */
export const deleteQueue = kinesisOperation({
  name: "DeleteQueue",
  rate: { perSecond: 5 },
  input: structure({ QueueARN: required(queueArn) }),
  errors: queueErrors,
  handle(context, { QueueARN }) {
    queueAt(context, QueueARN).queue.delete();
  },
});
