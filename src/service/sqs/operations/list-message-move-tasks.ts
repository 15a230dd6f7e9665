import type { MoveTask } from "../../../engine/queue/move/move-task-history.ts";
import { integer, list, long, required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, ResourceNotFoundException } from "../errors.ts";
import { sqsOperation } from "../operation.ts";
import { formatTaskHandle, queueNamed } from "../queue/move-task.ts";

const DEFAULT_MAX_RESULTS = 1;

const entry = structure({
  TaskHandle: string(),
  Status: string(),
  SourceArn: string(),
  DestinationArn: string(),
  MaxNumberOfMessagesPerSecond: integer(),
  ApproximateNumberOfMessagesMoved: long(),
  ApproximateNumberOfMessagesToMove: long(),
  FailureReason: string(),
  StartedTimestamp: long(),
});

/** Lists the latest message move tasks of a queue, newest first. API_ListMessageMoveTasks. */
export const listMessageMoveTasks = sqsOperation({
  name: "ListMessageMoveTasks",
  input: structure({ SourceArn: required(string()), MaxResults: integer({ min: 1, max: 10 }) }),
  output: structure({ Results: list(entry, { flatName: "ListMessageMoveTasksResultEntry" }) }),
  errors: [ResourceNotFoundException, ...anyCallErrors],
  handle(context, { SourceArn, MaxResults = DEFAULT_MAX_RESULTS }) {
    const source = queueNamed(context, "SourceArn", SourceArn);
    const tasks = context.directory.in(source.scope).moves.of(source.arn);
    return { Results: tasks.slice(0, MaxResults).map(toEntry) };
  },
});

function toEntry(task: MoveTask) {
  return {
    TaskHandle: task.status === "RUNNING" ? formatTaskHandle(task) : undefined,
    Status: task.status,
    SourceArn: task.sourceArn,
    DestinationArn: task.destinationArn,
    MaxNumberOfMessagesPerSecond: task.perSecond,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    FailureReason: task.failureReason,
    StartedTimestamp: task.startedAt,
  };
}
