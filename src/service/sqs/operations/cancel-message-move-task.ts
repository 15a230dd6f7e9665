import { long, required, string, structure } from "../../../model/shape.ts";
import { anyCallErrors, ResourceNotFoundException } from "../errors.ts";
import { sqsOperation } from "../operation.ts";
import { findQueue, readTaskHandle } from "../queue/move-task.ts";

/** Stops a message move task; what was moved stays moved. API_CancelMessageMoveTask. */
export const cancelMessageMoveTask = sqsOperation({
  name: "CancelMessageMoveTask",
  input: structure({ TaskHandle: required(string()) }),
  output: structure({ ApproximateNumberOfMessagesMoved: long() }),
  errors: [ResourceNotFoundException, ...anyCallErrors],
  handle(context, { TaskHandle }) {
    const { taskId, sourceArn } = readTaskHandle(TaskHandle);
    const source = findQueue(context, "SourceArn", sourceArn);
    const { moves } = context.directory.in(source.scope);
    const task = moves.find(sourceArn, taskId);
    // AWS: only running tasks can be cancelled; those that are not have no handle any more.
    if (task?.status !== "RUNNING") throw new ResourceNotFoundException("Task does not exist.");
    return { ApproximateNumberOfMessagesMoved: moves.cancel(task) };
  },
});
