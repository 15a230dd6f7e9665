import type { ReportDropped } from "../delivery/outcomes.ts";
import type { Logger } from "../server/log.ts";

/** A password in the URL of an endpoint. */
const PASSWORD = /^(https?:\/\/[^/?#@]*?):[^/?#]*@/i;

/** One line of the log for each delivery that reaches nobody. Bodies never. */
export function droppedLines(log: Logger): ReportDropped {
  return (delivery, { attempt, statusCode, reason }) => {
    if (!log.isEnabled("warn")) return;
    const { topic, subscription, type } = delivery;
    const fields = {
      topic: topic.arn,
      subscription: subscription.arn,
      protocol: subscription.protocol,
      endpoint: subscription.endpoint.replace(PASSWORD, "$1:****@"),
      type,
      messageId: type === "Notification" ? delivery.notification.id : delivery.id,
      attempt,
      statusCode,
      reason,
    };
    log.log("warn", fields, "delivery dropped");
  };
}
