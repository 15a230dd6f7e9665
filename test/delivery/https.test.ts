import { expect, test } from "vitest";
import { aDelivering, publish } from "./fixture.ts";
import { Receiver } from "./receiver.ts";

test("a self-signed certificate is not trusted, which may pass", async () => {
  await using receiver = await Receiver.open(undefined, { isSecure: true });
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "https", receiver.url());
  publish(topic);
  const { outcome } = await delivering.logged(1);
  expect(outcome).toMatchObject({ result: "retrying", reason: expect.stringContaining("self-signed certificate") });
  expect(receiver.requests).toEqual([]);
});

test("a self-signed certificate is accepted where that is chosen", async () => {
  await using receiver = await Receiver.open(undefined, { isSecure: true });
  using delivering = aDelivering({ rejectUnauthorized: false });
  const topic = delivering.topic();
  delivering.subscribe(topic, "https", receiver.url("/secure"), { isRaw: true });
  publish(topic, { structure: { default: "all", http: "plain", https: "secure" } });
  expect((await delivering.logged(1)).outcome).toEqual({ result: "delivered", statusCode: 200 });
  expect(receiver.requests).toMatchObject([{ path: "/secure", body: "secure" }]);
  delivering.close();
});
