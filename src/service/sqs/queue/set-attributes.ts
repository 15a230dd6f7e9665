import type { QueueContext } from "../operation.ts";
import { changedAttributes } from "./attribute-changes.ts";
import type { Attributes } from "./attribute-subject.ts";
import { settingsOf } from "./queue-attributes.ts";

/** Sets the given attributes of the queue, all or none, and has it behave accordingly. */
export function setAttributes({ directory, queue }: QueueContext, given: Attributes): void {
  const subject = { arn: queue.arn, isFifo: queue.settings.isFifo, directory };
  const attributes = changedAttributes(queue.attributes, given, subject);
  queue.configure(settingsOf(attributes), attributes);
}
