import { expect, test } from "vitest";
import { ACCOUNT, receive, SECOND } from "../../support/queue.ts";
import { aDelivering, publish } from "../fixture.ts";
import { answers, keepsSilent, Receiver } from "../receiver.ts";

test("the publisher does not wait for an endpoint", async () => {
  await using receiver = await Receiver.open(keepsSilent);
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", receiver.url());
  expect(publish(topic)).toMatchObject({ id: expect.any(String) });
  expect(delivering.lines()).toEqual([]);
});

test("what is beyond the limit of an endpoint is a dead letter at once, without an attempt", async () => {
  await using receiver = await Receiver.open(keepsSilent);
  using delivering = aDelivering({ limits: { queue: { pending: 2, characters: 1000 } } });
  const topic = delivering.topic();
  const deadLetters = delivering.create("dead");
  const endpoint = receiver.url();
  delivering.subscribe(topic, "http", endpoint, { isRaw: true, deadLetterTargetArn: deadLetters.arn });
  for (const message of ["1", "2", "3"]) publish(topic, { message });
  expect(receive(deadLetters)).toEqual(["3"]);
  expect(delivering.lines()).toMatchObject([
    { attempt: 0, result: "deadLettered", reason: "Too much is pending for this endpoint" },
  ]);
});

test("closing hangs up on endpoints, drops retries and leaves no alarm", async () => {
  await using silent = await Receiver.open(keepsSilent);
  await using busy = await Receiver.open(answers(500));
  const delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", busy.url());
  publish(topic);
  await delivering.logged(1);
  delivering.subscribe(topic, "http", silent.url());
  publish(topic);
  const { response } = await silent.received();
  const hungUp = new Promise((resolve) => response.on("close", resolve));
  delivering.close();
  await hungUp;
  expect(delivering.clock.pending).toBe(0);
});

test("closing closes the connections that were kept", async () => {
  await using receiver = await Receiver.open();
  const delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", receiver.url());
  publish(topic);
  await delivering.logged(1);
  delivering.close();
  await receiver.disconnected();
});

test("after closing nothing is delivered any more", async () => {
  await using receiver = await Receiver.open();
  const delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "http", receiver.url());
  delivering.subscribe(topic, "sqs", queue.arn);
  delivering.close();
  publish(topic);
  expect(receive(queue)).toEqual([]);
  expect(delivering.lines()).toEqual([]);
  expect(delivering.clock.pending).toBe(0);
});

test("a reset of an account drops what is on its way from its topics, and nothing else", async () => {
  await using receiver = await Receiver.open(answers(500));
  using delivering = aDelivering();
  const foreignClock = delivering.clocks.of("111111111111");
  foreignClock.freeze();
  for (const account of [ACCOUNT, "111111111111"]) {
    const topic = delivering.topic({}, { account });
    delivering.subscribe(topic, "http", receiver.url());
    publish(topic);
  }
  await delivering.logged(2);
  delivering.dropAll(ACCOUNT);
  expect([delivering.clock.pending, foreignClock.pending]).toEqual([0, 1]);
  foreignClock.advance(20 * SECOND);
  expect(await delivering.logged(3)).toMatchObject({ attempt: 2 });
});

test("attempts are made by the clock of the topic's account", async () => {
  await using receiver = await Receiver.open(answers(500));
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", receiver.url(), { owner: "111111111111" });
  publish(topic);
  await delivering.logged(1);
  expect([delivering.clock.pending, delivering.clocks.of("111111111111").pending]).toEqual([1, 0]);
});
