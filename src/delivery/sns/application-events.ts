import type { ApplicationEvent, PlatformApplication } from "../../engine/mobile/platform-application.ts";
import type { Topic } from "../../engine/topic/topic.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";

interface ApplicationEventsDeps {
  readonly clockOf: (account: string) => Clock;
  readonly topicOf: (arn: string) => Topic | undefined;
}

/** Publishes what happens to the endpoints of an application to the topics it names for that. */
export class ApplicationEvents {
  readonly #deps: ApplicationEventsDeps;
  /** What an event itself leads to is not told: with a topic that pushes to a disabled endpoint that would never end. */
  #isAnnouncing = false;

  constructor(deps: ApplicationEventsDeps) {
    this.#deps = deps;
  }

  /** Publishes the event to the topic that the application names for events of that type, if there is one. */
  announce(application: PlatformApplication, event: ApplicationEvent): void {
    const { clockOf, topicOf } = this.#deps;
    const topic = topicOf(application.settings.attributes[`Event${event.type}`] ?? "");
    if (topic === undefined || topic.definition.settings.isFifo || this.#isAnnouncing) return;
    const time = formatIso8601(clockOf(topic.scope.account).now());
    this.#isAnnouncing = true;
    try {
      topic.publish({ message: textOf(application, event, time), origin: event.origin });
    } finally {
      this.#isAnnouncing = false;
    }
  }
}

/**
 * GAP: AWS publishes no format. These are members its users have shown, of failures `EventType`, `EndpointArn` and
 * `FailureType`; the others are as far as known.
 */
function textOf({ arn }: PlatformApplication, event: ApplicationEvent, time: string): string {
  const failure = event.type === "DeliveryFailure" ? event : undefined;
  return JSON.stringify({
    DeliveryAttempts: failure && 1,
    EndpointArn: event.endpointArn,
    EventType: event.type,
    FailureMessage: failure?.failureMessage,
    FailureType: failure?.failureType,
    MessageId: failure?.messageId,
    Resource: arn,
    Service: "SNS",
    Time: time,
  });
}
