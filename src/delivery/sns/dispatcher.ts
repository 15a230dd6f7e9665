import type { Queue } from "../../engine/queue/queue.ts";
import type { Delivery } from "../../engine/topic/delivery.ts";
import type { TargetKind, Targets } from "../target/targets.ts";
import { DeadLetters } from "./dead-letters.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import { Paces } from "./http-policy.ts";
import { Outcomes, type ReportDropped } from "./outcomes.ts";
import { protocols, type Route, type RouteDeps } from "./protocols.ts";
import { TopicJob } from "./topic-job.ts";

export interface DispatcherDeps extends RouteDeps {
  readonly targets: Targets;
  /** Whether a function runs under a URL. The events of others are kept for inspection. */
  readonly hasUrl: (functionArn: string) => boolean;
  readonly queueOf: (arn: string) => Queue | undefined;
  readonly log: DeliveryLog;
  /** Whether neither the subscription nor its topic was deleted. */
  readonly isAlive: (delivery: Delivery) => boolean;
  /** Hears of each delivery that reaches nobody, not even a dead-letter queue. */
  readonly dropped: ReportDropped;
  /** Hears of mistakes of our own. */
  readonly report: (cause: unknown) => void;
}

/** Makes a job of every delivery of a topic, for the target that its protocol names. */
export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #shared: { readonly outcomes: Outcomes; readonly paces: Paces };
  #isClosed = false;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    const deadLetters = new DeadLetters(deps);
    this.#shared = { outcomes: new Outcomes({ ...deps, deadLetters }), paces: new Paces() };
  }

  /** Takes what leaves a topic. Never throws and never waits. */
  deliver(delivery: Delivery): void {
    if (this.#isClosed) return;
    const { protocol, endpoint } = delivery.subscription;
    try {
      const { route, routeWithoutUrl } = protocols[protocol];
      const isElsewhere = routeWithoutUrl !== undefined && !this.#deps.hasUrl(endpoint);
      this.#send(delivery, isElsewhere ? routeWithoutUrl : route);
    } catch (cause) {
      this.#deps.report(cause);
    }
  }

  /** Nothing is delivered any more. */
  close(): void {
    this.#isClosed = true;
  }

  #send<Kind extends TargetKind>(delivery: Delivery, { target, payload }: Route<Kind>): void {
    this.#deps.targets[target].deliver(new TopicJob(delivery, payload(delivery, this.#deps), this.#shared));
  }
}
