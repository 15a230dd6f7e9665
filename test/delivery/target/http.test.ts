import { expect, test } from "vitest";
import type { RetryPolicy, SubscriptionDeliveryPolicy } from "../../../src/engine/topic/delivery-policy.ts";
import type { TopicSettings } from "../../../src/engine/topic/settings.ts";
import { receive, receiveOne, SECOND } from "../../support/queue.ts";
import { aDelivering, publish, type SubscriptionChoice } from "../fixture.ts";
import { answers, type Behaviour, deafPort, hangsUp, inTurn, keepsSilent, Receiver } from "../receiver.ts";

interface Choice extends SubscriptionChoice {
  readonly behaviour?: Behaviour;
  readonly path?: string;
  readonly userInfo?: string;
  readonly topic?: Partial<TopicSettings>;
}

/** A topic with a subscription whose endpoint is a real server. */
async function anEndpoint({ behaviour, path, userInfo, topic: settings, ...choice }: Choice = {}) {
  const receiver = await Receiver.open(behaviour);
  const delivering = aDelivering();
  const topic = delivering.topic(settings);
  const deadLetters = delivering.create("dead");
  const subscription = delivering.subscribe(topic, "http", receiver.url(path, userInfo), {
    deadLetterTargetArn: deadLetters.arn,
    ...choice,
  });
  return {
    ...delivering,
    receiver,
    topic,
    subscription,
    deadLetters,
    ask: (type: "SubscriptionConfirmation" | "UnsubscribeConfirmation") =>
      topic.askForConfirmation(type, subscription, "http://localhost:4566"),
    [Symbol.asyncDispose]: async () => {
      delivering.close();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

function aPolicy(healthyRetryPolicy: Partial<RetryPolicy>): SubscriptionDeliveryPolicy {
  return { healthyRetryPolicy };
}

const CONNECTION = {
  connection: "Keep-Alive",
  "user-agent": "Amazon Simple Notification Service Agent",
  "x-waystation-delivery": "true", // not AWS's
};

test("a notification is posted with the headers recorded from AWS", async () => {
  await using endpoint = await anEndpoint({ path: "/hook?a=b" });
  const { id } = publish(endpoint.topic, { subject: "Grüße" });
  const request = await endpoint.receiver.received();
  expect(request).toMatchObject({ method: "POST", path: "/hook?a=b" });
  expect(request.headers).toEqual({
    "x-amz-sns-message-type": "Notification",
    "x-amz-sns-message-id": id,
    "x-amz-sns-topic-arn": endpoint.topic.arn,
    "x-amz-sns-subscription-arn": endpoint.subscription.arn,
    "content-length": String(Buffer.byteLength(request.body)),
    "content-type": "text/plain; charset=UTF-8",
    host: `127.0.0.1:${endpoint.receiver.port}`,
    "accept-encoding": "gzip,deflate",
    ...CONNECTION,
  });
  expect(JSON.parse(request.body)).toMatchObject({ Type: "Notification", MessageId: id, Subject: "Grüße" });
});

test("header names are spelled as AWS spells them", async () => {
  await using endpoint = await anEndpoint();
  publish(endpoint.topic);
  const { headerNames } = await endpoint.receiver.received();
  expect(headerNames).toEqual([
    "x-amz-sns-message-type",
    "x-amz-sns-message-id",
    "x-amz-sns-topic-arn",
    "x-amz-sns-subscription-arn",
    "Content-Length",
    "Content-Type",
    "Host",
    "Connection",
    "User-Agent",
    "Accept-Encoding",
    "X-Waystation-Delivery",
  ]);
});

test("raw delivery posts the message alone and says so", async () => {
  await using endpoint = await anEndpoint({ isRaw: true });
  publish(endpoint.topic, { message: "Hello", attributes: { a: { dataType: "String", value: "v" } } });
  const { body, headers } = await endpoint.receiver.received();
  expect(body).toBe("Hello");
  expect(headers).toMatchObject({ "x-amz-sns-rawdelivery": "true" });
  expect(JSON.stringify(headers)).not.toContain("dataType");
});

test("an http endpoint gets the http branch of a JSON structure", async () => {
  await using endpoint = await anEndpoint({ isRaw: true });
  publish(endpoint.topic, { message: "{…}", structure: { default: "all", http: "plain", https: "secure" } });
  expect(await endpoint.receiver.received()).toMatchObject({ body: "plain" });
});

test("a confirmation has no subscription ARN and is plain text, whatever raw delivery and policies say", async () => {
  const deliveryPolicy = { requestPolicy: { headerContentType: "text/csv" } };
  await using endpoint = await anEndpoint({ isRaw: true, isConfirmed: false, deliveryPolicy });
  endpoint.ask("SubscriptionConfirmation");
  const { headers, body } = await endpoint.receiver.received();
  expect(headers).toEqual({
    "x-amz-sns-message-type": "SubscriptionConfirmation",
    "x-amz-sns-message-id": JSON.parse(body).MessageId,
    "x-amz-sns-topic-arn": endpoint.topic.arn,
    "content-length": expect.any(String),
    "content-type": "text/plain; charset=UTF-8",
    host: expect.any(String),
    "accept-encoding": "gzip,deflate",
    ...CONNECTION,
  });
  expect(JSON.parse(body)).toMatchObject({ Type: "SubscriptionConfirmation", Token: endpoint.subscription.token });
});

test("the word that a subscription was deleted has its ARN, and reaches an endpoint that is deleted", async () => {
  await using endpoint = await anEndpoint({ isRaw: true });
  endpoint.topic.unsubscribe(endpoint.subscription);
  endpoint.ask("UnsubscribeConfirmation");
  const { headers, body } = await endpoint.receiver.received();
  expect(headers).toMatchObject({
    "x-amz-sns-message-type": "UnsubscribeConfirmation",
    "x-amz-sns-subscription-arn": endpoint.subscription.arn,
    "content-type": "text/plain; charset=UTF-8",
  });
  expect(headers).not.toHaveProperty("x-amz-sns-rawdelivery");
  expect(JSON.parse(body)).toMatchObject({ Type: "UnsubscribeConfirmation" });
});

test.for([
  ["the default", {}, {}, "text/plain; charset=UTF-8"],
  ["the topic's", { requestPolicy: undefined }, { headerContentType: "application/json" }, "application/json"],
  [
    "the subscription's before the topic's",
    { requestPolicy: { headerContentType: "text/csv" } },
    { headerContentType: "application/json" },
    "text/csv",
  ],
] as const)("the content type is %s", async ([, deliveryPolicy, request, expected]) => {
  const defaultRequestPolicy = "headerContentType" in request ? request : undefined;
  const topic = { deliveryPolicy: { defaultRequestPolicy, disableSubscriptionOverrides: false } };
  await using endpoint = await anEndpoint({ isRaw: true, deliveryPolicy, topic });
  publish(endpoint.topic);
  const { headers } = await endpoint.receiver.received();
  expect(headers["content-type"]).toBe(expected);
});

test("the trace header of the request is passed on", async () => {
  await using endpoint = await anEndpoint();
  publish(endpoint.topic, { traceHeader: "Root=1-2-3" });
  expect((await endpoint.receiver.received()).headers["x-amzn-trace-id"]).toBe("Root=1-2-3");
});

test.for([200, 201, 204, 299])("status %i is a success", async (status) => {
  await using endpoint = await anEndpoint({ behaviour: answers(status) });
  publish(endpoint.topic);
  expect((await endpoint.logged(1)).outcome).toEqual({ result: "delivered", statusCode: status });
  expect(endpoint.clock.pending).toBe(0);
});

test.for([300, 301, 302, 307, 308, 400, 401, 403, 404, 410, 428, 430, 499])(
  "status %i is final: no retry, a dead letter",
  async (status) => {
    await using endpoint = await anEndpoint({ behaviour: answers(status, { location: "/" }), isRaw: true });
    publish(endpoint.topic);
    expect((await endpoint.logged(1)).outcome).toMatchObject({ result: "deadLettered", statusCode: status });
    expect(receive(endpoint.deadLetters)).toEqual(["Hello"]);
    expect(endpoint.clock.pending).toBe(0);
    expect(endpoint.receiver.requests).toHaveLength(1);
  },
);

test.for([429, 500, 502, 503, 599])("status %i is worth a retry", async (status) => {
  await using endpoint = await anEndpoint({ behaviour: inTurn(answers(status), answers(200)) });
  publish(endpoint.topic);
  const { at, outcome } = await endpoint.logged(1);
  expect(outcome).toEqual({
    result: "retrying",
    statusCode: status,
    reason: `The endpoint answered with status ${status}`,
    nextAttemptAt: at + 20 * SECOND,
  });
  endpoint.clock.advance(20 * SECOND);
  expect((await endpoint.logged(2)).outcome).toEqual({ result: "delivered", statusCode: 200 });
});

test("a retry starts when its wait is over and not before, and posts the same", async () => {
  await using endpoint = await anEndpoint({ behaviour: inTurn(answers(500), answers(200)) });
  publish(endpoint.topic);
  await endpoint.logged(1);
  endpoint.clock.advance(20 * SECOND - 1);
  expect(endpoint.clock.pending).toBe(1);
  endpoint.clock.advance(1);
  expect(endpoint.clock.pending).toBe(0);
  await endpoint.logged(2);
  const [first, second] = endpoint.receiver.requests;
  expect(second!.body).toBe(first!.body);
  expect(second!.headers).toEqual(first!.headers);
});

test("a connection that is refused is worth a retry", async () => {
  const delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", `http://127.0.0.1:${await deafPort()}/`);
  publish(topic);
  expect((await delivering.logged(1)).outcome).toMatchObject({
    result: "retrying",
    statusCode: undefined,
    reason: expect.stringContaining("ECONNREFUSED"),
  });
  delivering.close();
});

test("an endpoint that hangs up is worth a retry", async () => {
  await using endpoint = await anEndpoint({ behaviour: hangsUp });
  publish(endpoint.topic);
  expect((await endpoint.logged(1)).outcome).toMatchObject({ result: "retrying", reason: "socket hang up" });
});

test("an endpoint that hangs up amid its answer is worth a retry", async () => {
  const behaviour: Behaviour = ({ response }) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half of", () => response.socket?.destroy());
  };
  await using endpoint = await anEndpoint({ behaviour });
  publish(endpoint.topic);
  expect((await endpoint.logged(1)).outcome).toMatchObject({ result: "retrying", statusCode: undefined });
});

test("an endpoint has 15 seconds to answer", async () => {
  await using endpoint = await anEndpoint({ behaviour: keepsSilent });
  publish(endpoint.topic);
  await endpoint.receiver.received();
  endpoint.clock.advance(15 * SECOND - 1);
  expect(endpoint.clock.pending).toBe(1);
  endpoint.clock.advance(1);
  expect((await endpoint.logged(1)).outcome).toMatchObject({
    result: "retrying",
    reason: "No answer within 15 seconds",
  });
});

test("an answer that is begun has to end within the 15 seconds, too", async () => {
  await using endpoint = await anEndpoint({ behaviour: ({ response }) => response.writeHead(200).write("so far") });
  publish(endpoint.topic);
  await endpoint.receiver.received();
  endpoint.clock.advance(15 * SECOND);
  expect((await endpoint.logged(1)).outcome).toMatchObject({
    result: "retrying",
    reason: "No answer within 15 seconds",
  });
});

test("an endless answer is cut short and counts by its status", async () => {
  const behaviour: Behaviour = ({ response }) => {
    const more = (error?: Error | null) => error || response.destroyed || response.write("x".repeat(16_384), more);
    more();
  };
  await using endpoint = await anEndpoint({ behaviour });
  publish(endpoint.topic);
  expect((await endpoint.logged(1)).outcome).toEqual({ result: "delivered", statusCode: 200 });
});

test("time that is advanced before a request has left does not count against the endpoint", async () => {
  await using endpoint = await anEndpoint({ behaviour: inTurn(answers(500), answers(200)) });
  publish(endpoint.topic);
  endpoint.clock.advance(3600 * SECOND);
  expect((await endpoint.logged(1)).outcome).toMatchObject({ result: "retrying", statusCode: 500 });
  endpoint.clock.advance(3600 * SECOND);
  expect((await endpoint.logged(2)).outcome).toEqual({ result: "delivered", statusCode: 200 });
});

test("the whole schedule of a policy runs on the clock, then the message is a dead letter", async () => {
  const deliveryPolicy = aPolicy({
    numRetries: 8,
    numNoDelayRetries: 2,
    numMinDelayRetries: 1,
    numMaxDelayRetries: 2,
    minDelayTarget: 10,
    maxDelayTarget: 40,
    backoffFunction: "exponential",
  });
  await using endpoint = await anEndpoint({ behaviour: answers(503), isRaw: true, deliveryPolicy });
  const start = endpoint.clock.now();
  publish(endpoint.topic);
  const startsAt: number[] = [];
  for (let attempt = 1; attempt <= 9; attempt++) {
    const { at, outcome } = await endpoint.logged(attempt);
    startsAt.push((at - start) / SECOND);
    expect(receive(endpoint.deadLetters)).toEqual(attempt < 9 ? [] : ["Hello"]);
    if (outcome.result === "retrying") endpoint.clock.advance(outcome.nextAttemptAt - at);
  }
  expect(startsAt).toEqual([0, 0, 0, 10, 20, 40, 80, 120, 160]);
  expect(endpoint.lines().map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(endpoint.lines().at(-1)).toMatchObject({ result: "deadLettered", statusCode: 503 });
  expect(endpoint.clock.pending).toBe(0);
});

test("a confirmation is retried like a notification, and never a dead letter", async () => {
  await using endpoint = await anEndpoint({
    behaviour: answers(500),
    isConfirmed: false,
    deliveryPolicy: aPolicy({ numRetries: 1, numNoDelayRetries: 1 }),
  });
  endpoint.ask("SubscriptionConfirmation");
  expect((await endpoint.logged(1)).outcome.result).toBe("retrying");
  expect((await endpoint.logged(2)).outcome.result).toBe("dropped");
  expect(receive(endpoint.deadLetters)).toEqual([]);
});

test("maxReceivesPerSecond lets so many go each second; the others wait and lose no retry", async () => {
  const deliveryPolicy = { ...aPolicy({ numRetries: 0 }), throttlePolicy: { maxReceivesPerSecond: 2 } };
  await using endpoint = await anEndpoint({ isRaw: true, deliveryPolicy });
  for (const message of ["1", "2", "3", "4", "5"]) publish(endpoint.topic, { message });
  for (const count of [2, 4, 5]) {
    await endpoint.logged(count);
    expect(endpoint.clock.pending).toBe(count === 5 ? 0 : 1);
    expect(endpoint.receiver.requests).toHaveLength(count);
    endpoint.clock.advance(SECOND);
  }
  expect(endpoint.lines().map(({ result }) => result)).toEqual(Array(5).fill("delivered"));
});

test("a throttled second is not forgotten because nothing waits in it", async () => {
  const deliveryPolicy = { throttlePolicy: { maxReceivesPerSecond: 1 } };
  await using endpoint = await anEndpoint({ deliveryPolicy });
  publish(endpoint.topic);
  await endpoint.logged(1);
  publish(endpoint.topic);
  expect(endpoint.clock.pending).toBe(1);
  endpoint.clock.advance(SECOND);
  await endpoint.logged(2);
});

test("one endpoint that does not answer delays nobody else", async () => {
  await using slow = await anEndpoint({ behaviour: keepsSilent });
  await using quick = await Receiver.open();
  slow.subscribe(slow.topic, "http", quick.url(), { isRaw: true });
  for (let count = 1; count <= 100; count++) publish(slow.topic, { message: `${count}` });
  await slow.logged(100);
  expect(quick.requests).toHaveLength(100);
});

test("32 requests of a subscription can be under way at a time", async () => {
  await using endpoint = await anEndpoint({ behaviour: keepsSilent });
  for (let count = 1; count <= 33; count++) publish(endpoint.topic);
  await endpoint.receiver.received(32);
  // Each request under way has an alarm for its time-out.
  expect(endpoint.clock.pending).toBe(32);
});

test("connections are used again", async () => {
  await using endpoint = await anEndpoint();
  for (let count = 1; count <= 3; count++) {
    publish(endpoint.topic);
    await endpoint.logged(count);
  }
  expect(endpoint.receiver.connections).toBe(1);
});

test("a kept connection that the endpoint closes as it is used again costs no retry", async () => {
  let requests = 0;
  const behaviour: Behaviour = ({ response }) => {
    requests++;
    if (requests === 2) response.socket?.resetAndDestroy();
    else response.end();
  };
  await using endpoint = await anEndpoint({ behaviour });
  publish(endpoint.topic);
  await endpoint.logged(1);
  publish(endpoint.topic);
  expect(await endpoint.logged(2)).toMatchObject({ attempt: 1, outcome: { result: "delivered" } });
  expect(requests).toBe(3);
});

test("an endpoint that is no URL fails for good", async () => {
  const delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", "http://[");
  publish(topic);
  expect((await delivering.logged(1)).outcome).toMatchObject({
    result: "dropped",
    reason: "The endpoint is not a URL",
  });
});

test("an endpoint is found under an IPv6 address", async () => {
  const delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", `http://[::1]:${await deafPort()}/`);
  publish(topic);
  const { outcome } = await delivering.logged(1);
  expect(outcome).toMatchObject({ result: "retrying", reason: expect.stringMatching(/ ::1:| ::1$/) });
  delivering.close();
});

test("a dead letter of an endpoint has no message group, which is for queues that subscribed", async () => {
  await using endpoint = await anEndpoint({ behaviour: answers(404) });
  publish(endpoint.topic, { groupId: "tenant" });
  await endpoint.logged(1);
  expect(receiveOne(endpoint.deadLetters).message.groupId).toBeUndefined();
});

test("what waits for a retry is given up when the subscription is deleted", async () => {
  await using endpoint = await anEndpoint({ behaviour: answers(500) });
  publish(endpoint.topic);
  await endpoint.logged(1);
  endpoint.topic.unsubscribe(endpoint.subscription);
  endpoint.clock.advance(20 * SECOND);
  expect((await endpoint.logged(2)).outcome).toMatchObject({
    result: "dropped",
    reason: "The subscription was deleted",
  });
  expect(endpoint.receiver.requests).toHaveLength(1);
  expect(receive(endpoint.deadLetters)).toEqual([]);
});

test("what waits for a retry is given up when the topic is deleted", async () => {
  await using endpoint = await anEndpoint({ behaviour: answers(500) });
  publish(endpoint.topic);
  await endpoint.logged(1);
  endpoint.topics.delete(endpoint.topic);
  endpoint.clock.advance(20 * SECOND);
  expect((await endpoint.logged(2)).outcome).toMatchObject({ result: "dropped" });
  expect(receive(endpoint.deadLetters)).toEqual([]);
});
