import { expect, test } from "vitest";
import { SECOND } from "../support/queue.ts";
import { aDelivering, type DeliveryFixture, publish } from "./fixture.ts";
import { type RawBehaviour, RawReceiver, says, saysForEver } from "./raw-receiver.ts";
import { answers, keepsSilent, Receiver } from "./receiver.ts";

const OK = "HTTP/1.1 200 OK\r\n";

/** A topic whose subscriber is found at the URL. */
function aSubscriber(url: string) {
  const delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", url);
  return { ...delivering, topic, outcome: outcomeOf(delivering) };
}

/** What became of an attempt, once so many are logged. */
function outcomeOf({ logged }: DeliveryFixture) {
  return async (count: number) => (await logged(count)).outcome;
}

test.for<[title: string, behaviour: RawBehaviour, reason: RegExp]>([
  ["speaks another protocol", says("SSH-2.0-OpenSSH_9.6\r\n"), /^Parse Error/],
  ["answers without a head", (socket) => socket.end("thanks"), /^Parse Error/],
  ["says nothing and hangs up", (socket) => socket.end(), /^socket hang up$/],
  ["resets the connection", (socket) => socket.resetAndDestroy(), /ECONNRESET$/],
  [
    "resets it within the answer",
    resetsWithin(`${OK}Content-Length: 10\r\n\r\nabc`),
    /^(aborted|read ECONNRESET|socket hang up)$/,
  ],
  ["sends chunks that are none", says(`${OK}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`), /^(aborted|Parse Error)/],
  ["has huge headers", says(`${OK}X: ${"a".repeat(20_000)}\r\n\r\n`), /^Parse Error: Header overflow$/],
  ["has headers without end", saysForEver(OK, `X: ${"a".repeat(1000)}\r\n`), /^Parse Error: Header overflow$/],
  [
    "sends interim answers without end",
    saysForEver("", "HTTP/1.1 102 Processing\r\n\r\n"),
    /^More than 100 interim answers$/,
  ],
  [
    "switches to another protocol",
    says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    /^The endpoint hung up without an answer$/,
  ],
])("an endpoint that %s is tried again, and its connection is closed", async ([, behaviour, reason]) => {
  await using receiver = await RawReceiver.open(behaviour);
  using subscriber = aSubscriber(receiver.url);
  publish(subscriber.topic);
  expect(await subscriber.outcome(1)).toMatchObject({ result: "retrying", reason: expect.stringMatching(reason) });
  await receiver.disconnected();
  subscriber.clock.advance(20 * SECOND);
  await receiver.heard(2);
});

/** Hangs up the hard way, but not before the beginning has arrived. */
function resetsWithin(answer: string): RawBehaviour {
  return (socket) => void socket.write(answer, () => socket.resetAndDestroy());
}

test("an endpoint that speaks TLS only is tried again", async () => {
  await using receiver = await Receiver.open(answers(200), { isSecure: true });
  using subscriber = aSubscriber(receiver.url().replace("https:", "http:"));
  publish(subscriber.topic);
  expect(await subscriber.outcome(1)).toMatchObject({ result: "retrying", statusCode: undefined });
});

test.for<[title: string, behaviour: RawBehaviour]>([
  ["head", says(`${OK}X-Slow: a`)],
  ["body", says(`${OK}Content-Length: 1000\r\n\r\na`)],
])("an answer whose %s comes drop by drop has 15 seconds in all", async ([, behaviour]) => {
  await using receiver = await RawReceiver.open(behaviour);
  using subscriber = aSubscriber(receiver.url);
  publish(subscriber.topic);
  await receiver.heard(1);
  subscriber.clock.advance(14 * SECOND);
  await receiver.say("a");
  expect(receiver.connections).toBe(1);
  subscriber.clock.advance(SECOND);
  expect(await subscriber.outcome(1)).toMatchObject({ result: "retrying", reason: "No answer within 15 seconds" });
  await receiver.disconnected();
});

test("a few interim answers come before the answer", async () => {
  const interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(3);
  await using receiver = await RawReceiver.open(says(`${interim}${OK}Content-Length: 0\r\n\r\n`));
  using subscriber = aSubscriber(receiver.url);
  publish(subscriber.topic);
  expect(await subscriber.outcome(1)).toMatchObject({ result: "delivered", statusCode: 200 });
});

test("an endless answer is hung up on", async () => {
  await using receiver = await RawReceiver.open(
    saysForEver(`${OK}Content-Length: 999999999999\r\n\r\n`, "a".repeat(1000)),
  );
  using subscriber = aSubscriber(receiver.url);
  publish(subscriber.topic);
  expect(await subscriber.outcome(1)).toMatchObject({ result: "delivered", statusCode: 200 });
  await receiver.disconnected();
});

test("an endpoint that redirects to itself is asked once", async () => {
  await using receiver = await Receiver.open((request) => answers(307, { Location: receiver.url() })(request));
  using subscriber = aSubscriber(receiver.url());
  publish(subscriber.topic);
  expect(await subscriber.outcome(1)).toMatchObject({ result: "dropped", statusCode: 307 });
  expect(receiver.requests).toHaveLength(1);
});

/** Answers on one path and nowhere else. */
async function mostlySilent(): Promise<Receiver> {
  return Receiver.open((request) => (request.path === "/quick" ? answers(200) : keepsSilent)(request));
}

const SILENT = 1000;

test("a thousand endpoints that do not answer leave room for the one beside them, on the same server", async () => {
  await using receiver = await mostlySilent();
  using delivering = aDelivering();
  const topic = delivering.topic();
  const ask = (path: string): void => {
    const subscription = delivering.subscribe(topic, "http", receiver.url(path));
    topic.askForConfirmation("SubscriptionConfirmation", subscription, "http://localhost:4566");
  };
  // One after the other: an operating system turns away whoever comes in such a crowd.
  for (let number = 1; number <= SILENT; number++) {
    ask(`/silent/${number}`);
    await receiver.received(number);
  }
  ask("/quick");
  expect(await outcomeOf(delivering)(1)).toMatchObject({ result: "delivered" });
  expect(receiver.connections).toBe(SILENT + 1);
  delivering.close();
  await receiver.disconnected();
  expect(delivering.clock.pending).toBe(0);
});

test("so many connections there are and no more; who waits for one loses none of its 15 seconds", async () => {
  await using receiver = await mostlySilent();
  using delivering = aDelivering({ limits: { attempts: { assured: 1, shared: 2, most: 4 } } });
  const topic = delivering.topic();
  for (let number = 0; number < 4; number++) delivering.subscribe(topic, "http", receiver.url(`/silent/${number}`));
  publish(topic);
  await receiver.received(4);
  delivering.subscribe(topic, "http", receiver.url("/quick"));
  publish(topic);
  delivering.clock.advance(15 * SECOND);
  await delivering.logged(5);
  const lines = delivering.lines();
  expect(lines.filter(({ result }) => result === "delivered")).toHaveLength(1);
  expect(receiver.requests.filter(({ path }) => path === "/quick")).toHaveLength(1);
});

test("what is beyond the limit of all endpoints is not held, but for a few of each", async () => {
  await using receiver = await mostlySilent();
  using delivering = aDelivering({ limits: { total: { pending: 3, characters: 1000, assured: 1 } } });
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", receiver.url("/silent"));
  for (let count = 0; count < 5; count++) publish(topic);
  delivering.subscribe(topic, "http", receiver.url("/quick"));
  publish(topic);
  await delivering.logged(4);
  const lines = delivering.lines();
  expect(lines.map(({ result }) => result)).toEqual(["dropped", "dropped", "dropped", "delivered"]);
  expect(lines[0]).toMatchObject({ reason: "Too much is pending for this endpoint" });
});
