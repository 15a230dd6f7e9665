import type { ReportDropped } from "../../delivery/sns/topic-job.ts";
import type { Logger } from "../../server/log.ts";

/** One line of the log for each delivery that reaches nobody. Bodies and passwords never. */
export function droppedLines(log: Logger): ReportDropped {
  return (delivery, { attempt, statusCode, reason }) => {
    if (!log.isEnabled("warn")) return;
    const { topic, subscription, type } = delivery;
    const fields = {
      topic: topic.arn,
      subscription: subscription.arn,
      protocol: subscription.protocol,
      endpoint: subscription.shownEndpoint,
      type,
      messageId: type === "Notification" ? delivery.notification.id : delivery.id,
      attempt,
      statusCode,
      reason,
    };
    log.log("warn", fields, "delivery dropped");
  };
}
