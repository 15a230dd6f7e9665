import type { Announce } from "../../engine/mobile/application-event.ts";
import type { MobileDirectory } from "../../engine/mobile/mobile-directory.ts";
import type { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import type { SmsDirectory } from "../../engine/sms/sms-directory.ts";
import type { Delivery } from "../../engine/topic/delivery.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import { LambdaTransport } from "../target/function.ts";
import { HttpTransport } from "../target/http.ts";
import { LocalTransport } from "../target/outbox.ts";
import type { OutboxStore } from "../target/outbox-store.ts";
import { SqsTransport } from "../target/queue.ts";
import { Poster } from "../transport/poster.ts";
import { type DeliveryLimits, ReceiverQueues } from "../transport/receiver-queues.ts";
import { DeadLetters } from "./dead-letters.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import type { Envelopes } from "./envelope/envelopes.ts";
import { Outcomes, type ReportDropped } from "./outcomes.ts";

/**
 * How much may be on its way to one HTTP subscription or one function, and to all of them, attempts and waits for retries
 * together. What comes on top is not attempted: it goes to the dead-letter queue, or is dropped. AWS sets no such limit.
 */
const LIMITS: DeliveryLimits = {
  queue: { pending: 10_000, characters: 64 * 1024 * 1024 },
  total: { pending: 500_000, characters: 512 * 1024 * 1024, assured: 100 },
  attempts: { assured: 2, shared: 512, most: 2560 },
};

export interface DispatcherDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly queues: QueueDirectory;
  readonly mobile: Pick<MobileDirectory, "application" | "endpoint">;
  readonly sms: Pick<SmsDirectory, "in">;
  readonly envelopes: Envelopes;
  readonly log: DeliveryLog;
  readonly store: OutboxStore;
  readonly announce: Announce;
  /** Whether neither the subscription nor its topic was deleted. */
  readonly isAlive: (delivery: Delivery) => boolean;
  /** Where to post the events of functions, by ARN. The events of others are kept for inspection. */
  readonly lambdaUrls: ReadonlyMap<string, string>;
  /** Whether HTTPS endpoints need certificates that are trusted. */
  readonly rejectUnauthorized: boolean;
  /** Hears of each delivery that reaches nobody, not even a dead-letter queue. */
  readonly dropped: ReportDropped;
  /** Hears of mistakes of our own. */
  readonly report: (cause: unknown) => void;
  /** Runs a task in a later turn of the event loop. */
  readonly soon: (task: () => void) => void;
  readonly limits?: Partial<DeliveryLimits>;
}

/** Takes every delivery to where its protocol leads. Only HTTP subscriptions and functions with a URL leave the process. */
export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #receiverQueues: ReceiverQueues;
  readonly #sqs: SqsTransport;
  readonly #http: HttpTransport;
  readonly #lambda: LambdaTransport;
  readonly #local: LocalTransport;
  readonly #poster: Poster;
  #isClosed = false;

  constructor(deps: DispatcherDeps) {
    const { clockOf, ids, queues, mobile, sms, envelopes, log, store, announce, isAlive } = deps;
    this.#deps = deps;
    const poster = new Poster(deps);
    this.#poster = poster;
    const deadLetters = new DeadLetters({ queueOf: (arn) => queues.byArn(arn), envelopes });
    const events = new Outcomes({ log, deadLetters, isAlive, dropped: deps.dropped, report: deps.report });
    const limits = { ...LIMITS, ...deps.limits };
    this.#receiverQueues = new ReceiverQueues({ clockOf, events, isAlive, limits, soon: deps.soon });
    this.#sqs = new SqsTransport({ queues, envelopes, events });
    this.#http = new HttpTransport({ clockOf, ids, envelopes, poster });
    this.#lambda = new LambdaTransport({ clockOf, envelopes, poster, urls: deps.lambdaUrls });
    this.#local = new LocalTransport({ store, mobile, sms, envelopes, events, announce });
  }

  /** Takes what leaves a topic. Never throws and never waits. */
  deliver(delivery: Delivery): void {
    if (this.#isClosed) return;
    try {
      this.#route(delivery);
    } catch (cause) {
      this.#deps.report(cause);
    }
  }

  /** Drops what is on its way from the topics of an account, or everything. Call it when queues are forgotten, too. */
  reset(account?: string): void {
    this.#receiverQueues.reset(account);
    this.#sqs.reset();
  }

  /** Drops what is on its way and hangs up on everyone. Nothing is delivered any more. */
  close(): void {
    this.#isClosed = true;
    this.#receiverQueues.reset();
    this.#poster.close();
  }

  #route(delivery: Delivery): void {
    const { protocol, endpoint } = delivery.subscription;
    if (protocol === "sqs") this.#sqs.deliver(delivery);
    else if (protocol === "http" || protocol === "https") this.#receiverQueues.add(delivery, this.#http);
    else if (protocol === "lambda" && this.#lambda.knows(endpoint)) this.#receiverQueues.add(delivery, this.#lambda);
    else this.#local.deliver(delivery);
  }
}
