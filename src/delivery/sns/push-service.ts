import type { MobileDirectory } from "../../engine/mobile/mobile-directory.ts";
import type { Announce, PlatformApplication, PushFailure } from "../../engine/mobile/platform-application.ts";
import type { PlatformEndpoint } from "../../engine/mobile/platform-endpoint.ts";
import type { NotificationDelivery } from "../../engine/topic/delivery.ts";
import type { OutboxContent } from "../target/outbox-store.ts";
import { type Failure, refused } from "../transport/attempt.ts";
import { pushContent } from "./outbox-content.ts";

const NO_ENDPOINT = refused("The platform endpoint does not exist");

interface PushDeps {
  readonly mobile: Pick<MobileDirectory, "application" | "endpoint">;
  readonly announce: Announce;
}

/**
 * What a device gets of a delivery to its platform endpoint, or why it gets nothing; the application hears of that, too.
 * Stands for the push services behind platform endpoints.
 */
export function pushTo(
  { subscription, notification }: NotificationDelivery,
  { mobile, announce }: PushDeps,
): OutboxContent | Failure {
  const endpoint = mobile.endpoint(subscription.endpoint);
  const application = mobile.application(endpoint?.applicationArn ?? "");
  if (endpoint === undefined || application === undefined) return NO_ENDPOINT;
  const { subject, attributes, origin } = notification;
  const failure = failureOf(application, endpoint);
  if (failure !== undefined) {
    const delivery = { endpointArn: endpoint.arn, messageId: notification.id, origin };
    announce(application, { type: "DeliveryFailure", ...delivery, ...failure });
    return refused(failure.failureMessage);
  }
  return pushContent({ endpoint, payload: notification.messageFor(endpoint.platform), subject, attributes });
}

function failureOf(application: PlatformApplication, endpoint: PlatformEndpoint): PushFailure | undefined {
  // GAP: the type AWS has for this is not known.
  if (!application.settings.isEnabled) {
    return { failureType: "DeliveryFailedPerm", failureMessage: "PlatformApplication is disabled" };
  }
  if (endpoint.settings.isEnabled) return undefined;
  return { failureType: "EndpointDisabled", failureMessage: "Endpoint is disabled" };
}
