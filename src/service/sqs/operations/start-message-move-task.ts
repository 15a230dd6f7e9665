import type { Queue } from "../../../engine/queue/queue.ts";
import { integer, required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, InvalidParameterValue, ResourceNotFoundException } from "../errors.ts";
import { caughtUp, sqsOperation } from "../operation.ts";
import { formatTaskHandle, queueNamed } from "../queue/move-task.ts";

/** Starts to move the messages of a dead-letter queue back to their sources, or elsewhere. API_StartMessageMoveTask. */
export const startMessageMoveTask = sqsOperation({
  name: "StartMessageMoveTask",
  input: structure({
    SourceArn: required(string()),
    DestinationArn: string(),
    MaxNumberOfMessagesPerSecond: integer({ min: 1, max: 500 }),
  }),
  output: structure({ TaskHandle: string() }),
  errors: [ResourceNotFoundException, ...anyCallErrors],
  gaps: [
    "Without a rate the messages move at once.",
    "An account may have more than 100 active tasks.",
    "A source has to be the dead-letter queue of a queue in its own account and region.",
  ],
  handle(context, { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: perSecond }) {
    const source = caughtUp(queueNamed(context, "SourceArn", SourceArn));
    const queues = context.directory.in(source.scope);
    if (!queues.isDeadLetterQueue(source)) {
      throw new InvalidParameterValue("Source queue must be configured as a Dead Letter Queue.");
    }
    if (DestinationArn !== undefined) checkType(source, queueNamed(context, "DestinationArn", DestinationArn));
    const { moves } = queues;
    if (moves.activeFor(source) !== undefined) {
      throw new InvalidParameterValue(
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
      );
    }
    const taskId = context.ids.uuid();
    return { TaskHandle: formatTaskHandle(moves.start({ taskId, source, destinationArn: DestinationArn, perSecond })) };
  },
});

function checkType(source: Queue, destination: Queue): void {
  if (source.settings.isFifo === destination.settings.isFifo) return;
  throw new InvalidParameterValue("Destination queue must be same type of queue as the source.");
}
