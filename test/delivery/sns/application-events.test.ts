import { expect, test } from "vitest";
import type { Topic } from "../../../src/engine/topic/topic.ts";
import { formatIso8601 } from "../../../src/kernel/time/iso8601.ts";
import { receive } from "../../support/queue.ts";
import { aDelivering, type DeliveryFixture, publish } from "../fixture.ts";

/** A topic with a subscribed device, whose application wants to hear of failures by way of another topic. */
function aDevice({ isEnabled = true, isApplicationEnabled = true, isFifo = false } = {}) {
  const delivering = aDelivering();
  const topic = delivering.topic();
  const failures = delivering.topic({ isFifo }, { name: "failures" });
  const heard = delivering.create("heard");
  delivering.subscribe(failures, "sqs", heard.arn, { isRaw: true });
  const { application, endpoint } = subscribeDevice(delivering, { topic, failures, isEnabled, isApplicationEnabled });
  return { ...delivering, topic, failures, application, endpoint, heard };
}

function subscribeDevice(
  { mobile, subscribe }: Pick<DeliveryFixture, "mobile" | "subscribe">,
  device: {
    readonly topic: Topic;
    readonly failures: Topic;
    readonly name?: string;
    readonly isEnabled?: boolean;
    readonly isApplicationEnabled?: boolean;
  },
) {
  const { topic, failures, name = "app", isEnabled = true, isApplicationEnabled = true } = device;
  const platforms = mobile.in(topic.scope);
  const attributes = { EventDeliveryFailure: failures.arn };
  const application = platforms.create("GCM", name, { isEnabled: isApplicationEnabled, attributes });
  const endpoint = platforms.createEndpoint(application, { token: "token", isEnabled, customUserData: undefined });
  subscribe(topic, "application", endpoint.arn);
  return { application, endpoint };
}

test.for([
  ["a disabled endpoint", { isEnabled: false }, "EndpointDisabled", "Endpoint is disabled"],
  [
    "an endpoint of a disabled application",
    { isApplicationEnabled: false },
    "DeliveryFailedPerm",
    "PlatformApplication is disabled",
  ],
] as const)("a push to %s is told to the application's topic", ([, choice, FailureType, FailureMessage]) => {
  const { topic, application, endpoint, heard, clock } = aDevice(choice);
  const { id } = publish(topic);
  expect(receive(heard).map((text) => JSON.parse(text) as unknown)).toEqual([
    {
      DeliveryAttempts: 1,
      EndpointArn: endpoint.arn,
      EventType: "DeliveryFailure",
      FailureMessage,
      FailureType,
      MessageId: id,
      Resource: application.arn,
      Service: "SNS",
      Time: formatIso8601(clock.now()),
    },
  ]);
});

test("a push that its device gets is not told", () => {
  const { topic, heard } = aDevice();
  publish(topic);
  expect(receive(heard)).toEqual([]);
});

test("a push to an endpoint that is deleted is told to nobody", () => {
  const { topic, mobile, endpoint, heard } = aDevice();
  mobile.home(endpoint).deleteEndpoint(endpoint);
  publish(topic);
  expect(receive(heard)).toEqual([]);
});

test("a FIFO topic gets no events", () => {
  const { topic, lines } = aDevice({ isEnabled: false, isFifo: true });
  publish(topic);
  expect(lines()).toMatchObject([{ protocol: "application", result: "dropped" }]);
});

test("what the word of a failure fails at is not told again", () => {
  const { failures, heard, topic, ...delivering } = aDevice({ isEnabled: false });
  subscribeDevice(delivering, { topic: failures, failures, name: "other", isEnabled: false });
  publish(topic);
  expect(receive(heard)).toHaveLength(1);
  publish(topic);
  expect(receive(heard)).toHaveLength(1);
});
