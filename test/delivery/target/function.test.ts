import { expect, test } from "vitest";
import { ACCOUNT, MINUTE, receive, SECOND } from "../../support/queue.ts";
import { aDelivering, publish } from "../fixture.ts";
import { answers, type Behaviour, deafPort, hangsUp, inTurn, keepsSilent, Receiver } from "../receiver.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:handler";
const INVOCATIONS = "/2015-03-31/functions/function/invocations";

/** A topic with a subscription whose function runs behind a real server. */
async function aFunction(behaviour?: Behaviour) {
  const receiver = await Receiver.open(behaviour);
  const delivering = aDelivering({ functionUrls: new Map([[FUNCTION, receiver.url(INVOCATIONS)]]) });
  const topic = delivering.topic();
  const deadLetters = delivering.create("dead");
  const subscription = delivering.subscribe(topic, "lambda", FUNCTION, { deadLetterTargetArn: deadLetters.arn });
  return {
    ...delivering,
    receiver,
    newTopic: delivering.topic,
    topic,
    deadLetters,
    subscription,
    [Symbol.asyncDispose]: async () => {
      delivering.close();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

test("the event is posted to the function's URL as Lambda would get it", async () => {
  await using invoked = await aFunction();
  const { id } = publish(invoked.topic, { traceHeader: "Root=1-2-3" });
  const { method, path, headers, body } = await invoked.receiver.received();
  expect({ method, path }).toEqual({ method: "POST", path: INVOCATIONS });
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "x-amz-invocation-type": "Event",
    "x-amzn-trace-id": "Root=1-2-3",
  });
  expect(JSON.parse(body)).toMatchObject({
    Records: [{ EventSource: "aws:sns", EventSubscriptionArn: invoked.subscription.arn, Sns: { MessageId: id } }],
  });
});

test.for([
  ["200 and a result", answers(200, {}, '{"statusCode":200}')],
  ["200 and nothing", answers(200)],
  ["202", answers(202)],
  ["a result that only speaks of errors", answers(200, {}, '{"errorType":3}')],
  ["a text in braces", answers(200, {}, '{"errorType"')],
] as const)("%s means that the event was handled", async ([, behaviour]) => {
  await using invoked = await aFunction(behaviour);
  publish(invoked.topic);
  expect((await invoked.logged(1)).outcome.result).toBe("delivered");
});

test.for([
  ["a status of 500", answers(500), "The function's URL answered with status 500"],
  ["a status of 400", answers(400), "The function's URL answered with status 400"],
  [
    "the header of a function error",
    answers(200, { "x-amz-function-error": "Unhandled" }, "boom"),
    "The function failed: boom",
  ],
  [
    "the error that the Runtime Interface Emulator answers with",
    answers(200, {}, '{"errorMessage":"boom","errorType":"Error","trace":[]}'),
    "The function failed: boom",
  ],
  [
    "the time-out that the Runtime Interface Emulator answers with",
    answers(200, {}, "Task timed out after 3.00 seconds"),
    "The function failed: Task timed out after 3.00 seconds",
  ],
  ["a connection lost on the way", hangsUp, "socket hang up"],
] as const)("after %s the function is invoked again in a minute", async ([, behaviour, reason]) => {
  await using invoked = await aFunction(inTurn(behaviour, answers(200)));
  publish(invoked.topic);
  const { at, outcome } = await invoked.logged(1);
  expect(outcome).toMatchObject({ result: "retrying", reason, nextAttemptAt: at + MINUTE });
  invoked.clock.advance(MINUTE);
  expect((await invoked.logged(2)).outcome.result).toBe("delivered");
});

test("a function that goes on failing gets the event three times, then it is a dead letter in the plain envelope", async () => {
  await using invoked = await aFunction(answers(500));
  const start = invoked.clock.now();
  publish(invoked.topic);
  expect((await invoked.logged(1)).at - start).toBe(0);
  invoked.clock.advance(MINUTE);
  expect((await invoked.logged(2)).at - start).toBe(MINUTE);
  invoked.clock.advance(2 * MINUTE - 1);
  expect(invoked.clock.pending).toBe(1);
  invoked.clock.advance(1);
  expect((await invoked.logged(3)).outcome.result).toBe("deadLettered");
  expect(receive(invoked.deadLetters).map((body) => JSON.parse(body))).toMatchObject([
    { Type: "Notification", SigningCertURL: expect.any(String) },
  ]);
  expect(invoked.clock.pending).toBe(0);
});

test("a function may take its fifteen minutes", async () => {
  await using invoked = await aFunction(keepsSilent);
  publish(invoked.topic);
  await invoked.receiver.received();
  invoked.clock.advance(15 * MINUTE - 1);
  expect(invoked.clock.pending).toBe(1);
  invoked.clock.advance(1);
  expect((await invoked.logged(1)).outcome).toMatchObject({ reason: "No answer within 900 seconds" });
});

test("a function is invoked for one event at a time, whatever topic it comes from", async () => {
  const waiting: (() => void)[] = [];
  await using invoked = await aFunction(({ response }) => void waiting.push(() => response.end()));
  const other = invoked.topic;
  const second = invoked.topics.in(other.scope).create("second", other.definition);
  invoked.subscribe(second, "lambda", FUNCTION);
  publish(other, { message: "1" });
  publish(second, { message: "2" });
  publish(other, { message: "3" });
  for (const count of [1, 2, 3]) {
    await invoked.receiver.received(count);
    // Each request under way has an alarm for its time-out.
    expect(invoked.clock.pending).toBe(1);
    waiting[count - 1]!();
    await invoked.logged(count);
  }
  const messages = invoked.receiver.requests.map(({ body }) => JSON.parse(body).Records[0].Sns.Message);
  expect(messages).toEqual(["1", "2", "3"]);
});

test("while nobody is there to take the event, SNS tries as it does with Lambda", async () => {
  const functionUrls = new Map([[FUNCTION, `http://127.0.0.1:${await deafPort()}${INVOCATIONS}`]]);
  using delivering = aDelivering({ functionUrls });
  const topic = delivering.topic();
  delivering.subscribe(topic, "lambda", FUNCTION);
  publish(topic);
  const delays: number[] = [];
  for (let attempt = 1; attempt <= 7; attempt++) {
    const { at, outcome } = await delivering.logged(attempt);
    if (outcome.result !== "retrying") throw new Error(`unexpected: ${outcome.result}`);
    delays.push((outcome.nextAttemptAt - at) / SECOND);
    delivering.clock.advance(outcome.nextAttemptAt - at);
  }
  expect(delays).toEqual([0, 0, 0, 1, 1, 1, 2]);
});

test("after a reset a function's retries follow the account's new clock", async () => {
  await using invoked = await aFunction(answers(500));
  publish(invoked.topic);
  await invoked.logged(1);
  invoked.topics.reset();
  invoked.dropAll();
  invoked.clocks.forget();
  const clock = invoked.clocks.of(ACCOUNT);
  clock.freeze();
  const topic = invoked.newTopic();
  invoked.subscribe(topic, "lambda", FUNCTION);
  publish(topic);
  await invoked.logged(2);
  expect([invoked.clock.pending, clock.pending]).toEqual([0, 1]);
});

test("the event of a function without a URL goes to the outbox", async () => {
  await using invoked = await aFunction();
  invoked.subscribe(invoked.topic, "lambda", `${FUNCTION}-2`);
  publish(invoked.topic);
  await invoked.logged(2);
  expect(invoked.receiver.requests).toHaveLength(1);
  expect(invoked.store.messages({})).toMatchObject([{ protocol: "lambda", to: `${FUNCTION}-2` }]);
});
