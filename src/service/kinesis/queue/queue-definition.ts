import type { QueueSettings, QueueStart } from "../../../engine/stream/queue/queue-events.ts";
import type { Infer } from "../../../model/shape.ts";
import { ValidationException } from "../errors.ts";
import type { queueAttributes, queueStreamConfiguration } from "./queue-shapes.ts";

/** AWS: API_QueueAttributes. */
const defaultSettings: QueueSettings = { visibilityTimeoutMs: 30_000, maxReceiveCount: 6 };

/** The settings with what an input says instead. Throws ValidationException. */
export function queueSettings(
  attributes: Infer<typeof queueAttributes> = {},
  before: QueueSettings = defaultSettings,
): QueueSettings {
  const { VisibilityTimeoutSeconds: seconds, DeadLetterConfiguration: deadLetters } = attributes;
  const visibilityTimeoutMs = seconds === undefined ? before.visibilityTimeoutMs : seconds * 1000;
  if (deadLetters === undefined) return { ...before, visibilityTimeoutMs };
  if (deadLetters.TargetType === "NONE") return { visibilityTimeoutMs };
  const { MaxReceiveCount: maxReceiveCount } = deadLetters;
  // The text is ours.
  if (maxReceiveCount === undefined) throw new ValidationException("MaxReceiveCount must be provided with BUILT_IN.");
  return { visibilityTimeoutMs, maxReceiveCount };
}

/** From where on a queue is to hand out records. Throws ValidationException. The texts are ours. */
export function queueStart({ StartingPosition }: Infer<typeof queueStreamConfiguration>): QueueStart {
  const { Type: type = "LATEST", Timestamp: instant } = StartingPosition ?? {};
  if (type === "AT_TIMESTAMP") {
    if (instant === undefined) throw new ValidationException("Timestamp must be provided with AT_TIMESTAMP.");
    return { type, instant };
  }
  if (instant !== undefined) throw new ValidationException(`Timestamp cannot be provided with ${type}.`);
  return { type: type === "TRIM_HORIZON" ? type : "LATEST" };
}
