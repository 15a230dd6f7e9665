import { expect, test } from "vitest";
import { type Delivery, retried } from "../../src/console/page/topic/schedule.ts";

function line(
  messageId: string,
  attempt: number | undefined,
  result: Delivery["result"],
  nextAttemptTime?: string,
): Delivery {
  return {
    time: `2026-01-01T00:00:0${attempt ?? 0}.000Z`,
    topicArn: "arn:aws:sns:us-east-1:000000000000:news",
    subscriptionArn: "arn:aws:sns:us-east-1:000000000000:news:1",
    account: "000000000000",
    protocol: "http",
    endpoint: "http://127.0.0.1:9/hook",
    type: "Notification",
    messageId,
    attempt,
    result,
    nextAttemptTime,
  };
}

test("deliveries that are tried again are shown with their attempts, the next one due first", () => {
  const lines = [
    line("later", undefined, "pending"),
    line("later", 1, "retrying", "2026-01-01T00:01:00.000Z"),
    line("soon", undefined, "pending"),
    line("done", 1, "retrying", "2026-01-01T00:00:10.000Z"),
    line("soon", 1, "retrying", "2026-01-01T00:00:20.000Z"),
    line("soon", 2, "retrying", "2026-01-01T00:00:40.000Z"),
    line("done", 2, "delivered"),
  ];
  const shown = retried(lines.toReversed()).map(({ messageId, attempts, nextAttemptTime }) => {
    return [messageId, attempts.map(({ attempt }) => attempt), nextAttemptTime];
  });
  expect(shown).toEqual([
    ["soon", [1, 2], "2026-01-01T00:00:40.000Z"],
    ["later", [1], "2026-01-01T00:01:00.000Z"],
  ]);
});
