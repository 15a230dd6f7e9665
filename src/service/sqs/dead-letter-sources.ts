import type { Queue } from "../../engine/queue/queue.ts";
import type { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import { redriveOf } from "./redrive-policy.ts";

/** The queues of the same account and region whose RedrivePolicy names the queue, by name. */
export function deadLetterSources(directory: QueueDirectory, queue: Queue): readonly Queue[] {
  const isSource = ({ attributes }: Queue): boolean =>
    redriveOf(attributes.RedrivePolicy)?.deadLetterTargetArn === queue.arn;
  return directory.in(queue.scope).sorted().filter(isSource);
}
