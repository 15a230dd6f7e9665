import { type NewRecord, recordBytes } from "../../engine/stream/shard/record.ts";
import type { Stream } from "../../engine/stream/stream.ts";
import { type AttemptResult, delivered, failed, refused } from "../transport/attempt.ts";
import { failureBy, type Mishap } from "../transport/disturbance.ts";
import type { Job } from "../transport/job.ts";
import type { QueuedTarget } from "../transport/receiver-queues.ts";

/** Putting waits for nothing. */
const CONCURRENCY = 1;

export interface StreamPayload {
  readonly streamArn: string;
  /** What is put on the stream. */
  record(): NewRecord;
}

/** Streams. A record that its shard has no capacity for now is put later. */
export class StreamTarget implements QueuedTarget<StreamPayload> {
  readonly concurrency = CONCURRENCY;
  readonly #streamOf: (arn: string) => Stream | undefined;

  constructor(streamOf: (arn: string) => Stream | undefined) {
    this.#streamOf = streamOf;
  }

  queueKey({ key }: Job): string {
    return key;
  }

  async attempt(job: Job<StreamPayload>, _signal?: AbortSignal, mishap?: Mishap): Promise<AttemptResult> {
    if (mishap !== undefined) return failureBy(mishap, job.retryPolicy);
    const { streamArn } = job.payload;
    const stream = this.#streamOf(streamArn);
    if (stream === undefined) return refused("The stream does not exist");
    if (stream.status !== "ACTIVE" && stream.status !== "UPDATING") {
      return failed(`The stream is ${stream.status}`, job.retryPolicy);
    }
    const record = job.payload.record();
    if (recordBytes(record) > stream.configuration.settings.maxRecordBytes) return refused("The record is too long");
    const { outcome, shard } = stream.put(record);
    return outcome === "put" ? delivered() : failed(`Rate exceeded for shard ${shard.id}`, job.retryPolicy);
  }
}
