import { required, structure } from "../../../model/shape.ts";
import { queueChangeErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { queueAt, queueNotActive } from "../queue/queue-address.ts";
import { queueSettings } from "../queue/queue-definition.ts";
import { describeQueue } from "../queue/queue-description.ts";
import { queueArn, queueAttributes, queueDescription } from "../queue/queue-shapes.ts";

/** Changes the attributes of a queue; what is left out stays as it is. API_UpdateQueue. */
export const updateQueue = kinesisOperation({
  name: "UpdateQueue",
  rate: { perSecond: 5 },
  input: structure({ QueueARN: required(queueArn), QueueAttributes: required(queueAttributes) }),
  output: structure({ QueueDescription: required(queueDescription) }),
  errors: queueChangeErrors,
  gaps: ["Whether a lower MaxReceiveCount makes dead letters of visible records at once is not known; here it does."],
  handle(context, { QueueARN, QueueAttributes }) {
    const found = queueAt(context, QueueARN);
    const settings = queueSettings(QueueAttributes, found.queue.settings);
    if (found.queue.update(settings) === "notActive") throw queueNotActive(found.queue);
    return { QueueDescription: describeQueue(found, "UPDATING") };
  },
});
