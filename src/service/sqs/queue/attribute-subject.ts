import type { QueueDirectory } from "../../../engine/queue/queue-directory.ts";

/** The queue whose attributes are being set; it may not exist yet. */
export interface AttributeSubject {
  readonly arn: string;
  readonly isFifo: boolean;
  readonly directory: QueueDirectory;
}

/** The attributes of a queue by name, in AWS's words. */
export type Attributes = Readonly<Record<string, string>>;
