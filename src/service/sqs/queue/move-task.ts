import type { Queue } from "../../../engine/queue/queue.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { parseJsonObject } from "../../../kernel/json/json-object.ts";
import { InvalidParameterValue, ResourceNotFoundException } from "../errors.ts";
import type { SqsContext } from "../operation.ts";

/** Which parameter of a move task names a queue. */
type ArnParameter = "SourceArn" | "DestinationArn";

interface TaskName {
  readonly taskId: string;
  readonly sourceArn: string;
}

/** The queue a parameter names by its ARN. Throws InvalidParameterValue when it is no ARN, and what `findQueue` does. */
export function queueNamed(context: SqsContext, parameter: ArnParameter, arn: string): Queue {
  if (parseArn(arn) !== undefined) return findQueue(context, parameter, arn);
  throw new InvalidParameterValue(
    `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
  );
}

/** The queue of that ARN, if the caller's region has it. Throws ResourceNotFoundException. */
export function findQueue({ call, directory }: SqsContext, parameter: ArnParameter, arn: string): Queue {
  const queue = directory.byArn(arn);
  if (queue?.scope.region === call.scope.region) return queue;
  throw new ResourceNotFoundException(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
}

/** AWS: a task handle is base64 of JSON. */
export function formatTaskHandle({ taskId, sourceArn }: TaskName): string {
  return Buffer.from(JSON.stringify({ taskId, sourceArn })).toString("base64");
}

export function readTaskHandle(handle: string): TaskName {
  const task = parseJsonObject(Buffer.from(handle, "base64").toString());
  const taskId = task?.taskId;
  const sourceArn = task?.sourceArn;
  if (typeof taskId === "string" && typeof sourceArn === "string") return { taskId, sourceArn };
  throw new InvalidParameterValue("Value for parameter TaskHandle is invalid.");
}
