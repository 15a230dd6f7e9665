import type { PlatformApplication } from "../../engine/mobile/platform-application.ts";
import { formatIso8601 } from "../../kernel/iso8601.ts";
import type { SnsContext } from "./operation.ts";

/** What an application may want to hear of its endpoints. Developer guide, application event notifications. */
type MobileEventType = "EndpointCreated" | "EndpointDeleted" | "EndpointUpdated";

/** Tells the topic that the application names for events of that type, if there is one. */
export function announce(
  { call, clockOf, topics }: SnsContext,
  application: PlatformApplication,
  { type, endpointArn }: { readonly type: MobileEventType; readonly endpointArn: string },
): void {
  const topic = topics.byArn(application.settings.attributes[`Event${type}`] ?? "");
  if (topic === undefined || topic.definition.settings.isFifo) return;
  // GAP: AWS publishes no format; these members are those of an event its users have shown.
  const event = {
    EndpointArn: endpointArn,
    EventType: type,
    Resource: application.arn,
    Service: "SNS",
    Time: formatIso8601(clockOf(call.scope.account).now()),
  };
  topic.publish({ message: JSON.stringify(event), origin: call.origin });
}
