import type { NewNotification } from "../../engine/topic/notification.ts";
import type { Topic } from "../../engine/topic/topic.ts";
import { type AttemptResult, delivered, refused } from "../transport/attempt.ts";
import { type Job, settle, type Target } from "../transport/job.ts";

export interface TopicPayload {
  readonly topicArn: string;
  /** What is published. */
  notification(): NewNotification;
}

/** Topics. They are in this process, so what is published is on its way to the subscribers before its source goes on. */
export class TopicTarget implements Target<TopicPayload> {
  readonly #topicOf: (arn: string) => Topic | undefined;

  constructor(topicOf: (arn: string) => Topic | undefined) {
    this.#topicOf = topicOf;
  }

  deliver(job: Job<TopicPayload>): void {
    settle(job, 1, this.#publish(job.payload));
  }

  #publish(payload: TopicPayload): AttemptResult {
    const topic = this.#topicOf(payload.topicArn);
    if (topic === undefined) return refused("The topic does not exist");
    const { isFifo, contentBasedDeduplication, maxMessageBytes } = topic.definition.settings;
    const notification = payload.notification();
    const { message, groupId, deduplicationId } = notification;
    if (Buffer.byteLength(message) > maxMessageBytes) return refused("The message is too long for the topic");
    if (isFifo && groupId === undefined) return refused("A FIFO topic takes messages with a group only");
    if (isFifo && deduplicationId === undefined && !contentBasedDeduplication) {
      return refused("The FIFO topic needs a deduplication id, since it makes none of the content");
    }
    topic.publish(notification);
    return delivered();
  }
}
