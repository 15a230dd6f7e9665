import type { NewMessage } from "../../../engine/queue/message.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { Ids } from "../../../kernel/ids.ts";
import { callerUserId } from "../../../kernel/scope.ts";
import type { Targets } from "../../target/targets.ts";
import { refused } from "../../transport/attempt.ts";
import type { Job } from "../../transport/job.ts";
import { managedEndpointRetries } from "../../transport/retry.ts";
import { type DiscardedBatch, discardedDocument, discardedKey } from "./discarded-document.ts";
import { batchEvent } from "./record-event.ts";

/** Hears of what did not get where it was to go. Never throws. */
type ReportUndelivered = (undelivered: {
  readonly uuid: string;
  readonly receiver: string;
  readonly reason: string;
}) => void;

interface DiscardedBatchesDeps {
  readonly ids: Ids;
  readonly targets: Pick<Targets, "queue" | "topic" | "bucket">;
  /** Where links in messages of topics lead: scheme and authority. */
  readonly origin: () => string;
  readonly undelivered: ReportUndelivered;
}

/** Where word of records goes that were given up. */
interface Destination {
  /** Of the mapping. */
  readonly uuid: string;
  readonly account: string;
  /** ARN of a queue, a topic or a bucket. */
  readonly receiver: string;
  /** Hears that it is there. */
  readonly delivered: () => void;
}

const NOT_FOR_FIFO = refused("A FIFO queue takes nothing from Lambda");

/** Tells destinations of records that were given up. */
export class DiscardedBatches {
  readonly #deps: DiscardedBatchesDeps;

  constructor(deps: DiscardedBatchesDeps) {
    this.#deps = deps;
  }

  tell(batch: DiscardedBatch, destination: Destination): void {
    const { targets, origin, undelivered } = this.#deps;
    const { receiver: arn, uuid } = destination;
    switch (parseArn(arn)?.service) {
      case "sqs": {
        const messageFor = ({ isFifo }: { readonly isFifo: boolean }) =>
          isFifo ? NOT_FOR_FIFO : messageOf(batch, destination);
        return targets.queue.deliver(this.#job(destination, { queueArn: arn, sender: batch, messageFor }));
      }
      case "sns": {
        const notification = () => ({ message: discardedDocument(batch), origin: origin() });
        return targets.topic.deliver(this.#job(destination, { topicArn: arn, notification }));
      }
      case "s3": {
        const { discarded, origin: recordOrigin } = batch;
        const event = batchEvent({ records: discarded.records, end: 0 }, recordOrigin);
        const content = Buffer.from(discardedDocument(batch, event));
        const key = discardedKey(batch, uuid, this.#deps.ids.uuid());
        return targets.bucket.deliver(
          this.#job(destination, { bucketArn: arn, key, content: () => content }, content.length),
        );
      }
      default:
        return undelivered({ uuid, receiver: arn, reason: "It is no queue, topic or bucket" });
    }
  }

  #job<Payload>({ uuid, account, receiver, delivered }: Destination, payload: Payload, characters = 0): Job<Payload> {
    return {
      key: uuid,
      receiver,
      account,
      payload,
      content: undefined,
      characters,
      retryPolicy: managedEndpointRetries,
      pace: undefined,
      withdrawn: undefined,
      outcome: (_attempt, outcome) => {
        if (outcome.result === "delivered") delivered();
        if (outcome.result === "dropped") this.#deps.undelivered({ uuid, receiver, reason: outcome.reason });
      },
      deadLetter: () => ({ problem: undefined }),
    };
  }
}

/** As the session of a function's role sends it. */
function messageOf(batch: DiscardedBatch, { account }: Destination): NewMessage {
  const [name = ""] = batch.functionArn.split(":").slice(6, 7);
  return { body: discardedDocument(batch), senderId: `${callerUserId(account).replace(/^AIDA/, "AROA")}:${name}` };
}
