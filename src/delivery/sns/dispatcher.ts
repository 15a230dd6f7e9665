import type { Queue } from "../../engine/queue/queue.ts";
import type { DataProtection } from "../../engine/topic/data-protection/data-protection.ts";
import type { Delivery, Outbox } from "../../engine/topic/delivery.ts";
import type { Payloads, TargetKind, Targets } from "../target/targets.ts";
import { type Progress, settle, TAKEN, type Target } from "../transport/job.ts";
import { DeadLetters } from "./dead-letters.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import { Paces } from "./http-policy.ts";
import { protectedOutbox } from "./protected-outbox.ts";
import { protocols, type Route, type RouteDeps } from "./protocols.ts";
import { QueueMessages } from "./queue-message.ts";
import { Outcomes, type ReportDropped, TopicJob } from "./topic-job.ts";

export interface DispatcherDeps extends Omit<RouteDeps, "queueMessages"> {
  readonly targets: Targets;
  /** Whether the events of a function go to it. Those of others are kept for inspection, where no dead-letter queue wants them. */
  readonly isInvoked: (functionArn: string) => boolean;
  readonly protection: Pick<DataProtection, "outbound">;
  readonly queueOf: (arn: string) => Queue | undefined;
  readonly log: DeliveryLog;
  /** Whether neither the subscription nor its topic was deleted. */
  readonly isAlive: (delivery: Delivery) => boolean;
  /** Hears of each delivery that reaches nobody, not even a dead-letter queue. */
  readonly dropped: ReportDropped;
  /** Hears of mistakes of our own. */
  readonly report: (cause: unknown) => void;
}

/** Makes a job of every delivery of a topic that its data protection policy allows, for the target that its protocol names. */
export class Dispatcher {
  readonly #deps: DispatcherDeps & RouteDeps;
  readonly #shared: { readonly outcomes: Outcomes; readonly paces: Paces };
  /** The way of what has a policy to pass. */
  readonly #deliverProtected: Outbox;
  #isClosed = false;

  constructor(deps: DispatcherDeps) {
    const queueMessages = new QueueMessages(deps.envelopes);
    this.#deps = { ...deps, queueMessages };
    const deadLetters = new DeadLetters(this.#deps);
    this.#shared = { outcomes: new Outcomes({ ...deps, deadLetters }), paces: new Paces() };
    this.#deliverProtected = protectedOutbox({ ...deps, deliver: (delivery) => this.#dispatch(delivery) });
  }

  /** Takes what leaves a topic. Never throws and never waits. */
  deliver(delivery: Delivery): void {
    if (this.#isClosed) return;
    if (delivery.topic.definition.dataProtectionPolicy === undefined) this.#dispatch(delivery);
    else this.#deliverProtected(delivery);
  }

  /** Goes on with a delivery that was under way: its policy let it pass already. */
  goOnWith(delivery: Delivery, progress: Progress): void {
    if (!this.#isClosed) this.#dispatch(delivery, progress);
  }

  /** Nothing is delivered any more. */
  close(): void {
    this.#isClosed = true;
  }

  #dispatch(delivery: Delivery, progress?: Progress): void {
    const { protocol, endpoint } = delivery.subscription;
    try {
      const { route, routeElsewhere } = protocols[protocol];
      const canStay = routeElsewhere !== undefined && !hasDeadLetterQueue(delivery);
      this.#send(delivery, canStay && !this.#deps.isInvoked(endpoint) ? routeElsewhere : route, progress);
    } catch (cause) {
      this.#deps.report(cause);
    }
  }

  #send<Kind extends TargetKind>(delivery: Delivery, { target, payload }: Route<Kind>, progress?: Progress): void {
    const receiver: Target<Payloads[Kind]> = this.#deps.targets[target];
    const content = payload(delivery, this.#deps);
    const taken = progress === undefined ? receiver.take?.(content) : undefined;
    if (taken?.isDelivered) return this.#shared.outcomes.hear(delivery, 1, TAKEN);
    const job = new TopicJob(delivery, content, this.#shared);
    if (taken === undefined) receiver.deliver(job, progress);
    else settle(job, 1, taken);
  }
}

/** Whether a queue is to have what reaches nobody. AWS: so it gets the messages for functions that do not exist. */
function hasDeadLetterQueue({ type, subscription }: Delivery): boolean {
  return type === "Notification" && subscription.settings.deadLetterTargetArn !== undefined;
}
