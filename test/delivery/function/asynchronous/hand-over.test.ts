import { expect, test } from "vitest";
import { handOverTo } from "../../../../src/delivery/function/asynchronous/hand-over.ts";
import { failed } from "../../../../src/delivery/transport/attempt.ts";
import { managedEndpointRetries } from "../../../../src/delivery/transport/retry.ts";
import type { PlainMap } from "../../../../src/engine/function/function.ts";
import { TooManyRequests } from "../../../../src/engine/function/function-errors.ts";
import { nextTurn } from "../../../../src/kernel/time/system-clock.ts";
import { ACCOUNT, REGION } from "../../../support/queue.ts";
import { publish } from "../../fixture.ts";
import { aJob } from "../../jobs.ts";
import { anInvoking, arnOf, DONE, FAILED, messagesIn } from "./fixture.ts";

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:topic`;
const SNS = { Service: "sns.amazonaws.com" };
const INVOKE = "lambda:InvokeFunction";

/** A topic with a subscription to a function, whose failures go to a queue. */
function aSubscribing({ endpoint = arnOf("f"), makes = true, permits = true } = {}) {
  const it = anInvoking();
  if (makes) it.function("f", DONE);
  if (makes && permits) it.own.policies.add("f", undefined, statement({}));
  const [topic, deadLetters] = [it.topic(), it.create("dead")];
  const subscription = it.subscribe(topic, "lambda", endpoint, { deadLetterTargetArn: deadLetters.arn });
  return Object.assign(it, { topicOf: () => topic, deadLetters, subscription });
}

function statement(members: PlainMap) {
  return { Sid: "sns", Effect: "Allow", Principal: SNS, Action: INVOKE, ...members };
}

test("a function gets each message as an event of its own, which is delivered once Lambda has it", async () => {
  using it = aSubscribing();
  it.answers.set(arnOf("f"), FAILED);
  const { id } = publish(it.topicOf(), { message: "Hello", traceHeader: "Root=1" });
  await nextTurn();
  expect(it.lines()).toMatchObject([{ protocol: "lambda", attempt: 1, result: "delivered", statusCode: 202 }]);
  const [{ payload = "", traceId, functionArn, cause } = {}] = it.calls;
  expect([functionArn, traceId]).toEqual([arnOf("f"), "Root=1"]);
  expect(cause).toEqual({ kind: "event", source: TOPIC, messageIds: [id] });
  const event = JSON.parse(payload);
  expect(event).toMatchObject({
    Records: [
      {
        ...{ EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: it.subscription.arn },
        Sns: { MessageId: id, Subject: null, Message: "Hello", Timestamp: expect.any(String) },
      },
    ],
  });
  await it.pass(180_000);
  expect(it.calls.map((call) => call.payload)).toEqual([payload, payload, payload]);
  expect(messagesIn(it.deadLetters)).toEqual([]);
});

test("a function that does not exist is a failure for good, and the subscription's dead-letter queue gets the message", async () => {
  using it = aSubscribing({ makes: false });
  it.function("other", DONE);
  publish(it.topicOf(), { message: "Hello" });
  await nextTurn();
  expect(it.lines()).toMatchObject([
    { result: "deadLettered", statusCode: 404, reason: "The function does not exist", attempt: 1 },
  ]);
  expect(JSON.parse(messagesIn(it.deadLetters)[0]?.body ?? "")).toMatchObject({ Message: "Hello" });
});

test("without a permission for the topic it is one, too, and the log says why", async () => {
  using it = aSubscribing({ permits: false });
  publish(it.topicOf());
  await nextTurn();
  const [line] = it.lines();
  expect(line).toMatchObject({ result: "deadLettered", statusCode: 403 });
  expect(line?.reason).toBe(
    `sns.amazonaws.com may not invoke the function for ${TOPIC}: its resource policy does not say so (AddPermission)`,
  );
  expect(it.calls).toEqual([]);
});

test("versions and aliases are invoked by their own ARNs, with policies of their own", async () => {
  using it = aSubscribing({ endpoint: `${arnOf("f")}:live` });
  it.own.publish("f");
  it.own.aliases.create("f", "live", { version: "1", description: "" });
  publish(it.topicOf());
  await nextTurn();
  expect(it.lines()).toMatchObject([{ statusCode: 403 }]);
  it.own.policies.add("f", "live", statement({}));
  publish(it.topicOf());
  await nextTurn();
  expect(it.open.map(({ functionArn }) => functionArn)).toEqual([`${arnOf("f")}:live`]);
});

test.for<[string, PlainMap, boolean]>([
  ["SNS", {}, true],
  ["anybody", { Principal: "*" }, true],
  ["another service", { Principal: { Service: "s3.amazonaws.com" } }, false],
  ["an account", { Principal: { AWS: "arn:aws:iam::000000000000:root" } }, false],
  ["SNS in every way", { Action: "lambda:*" }, true],
  ["SNS in another way", { Action: "lambda:GetFunction" }, false],
  ["the topic", { Condition: { ArnLike: { "AWS:SourceArn": TOPIC } } }, true],
  ["topics whose names begin like it", { Condition: { ArnLike: { "AWS:SourceArn": `${TOPIC.slice(0, -3)}*` } } }, true],
  ["topics of any region", { Condition: { ArnLike: { "AWS:SourceArn": `arn:aws:sns:*:${ACCOUNT}:t?p*c` } } }, true],
  ["all ARNs with too few parts", { Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:sns:*" } } }, false],
  ["another topic", { Condition: { ArnLike: { "AWS:SourceArn": `${TOPIC}s` } } }, false],
  ["its account", { Condition: { StringEquals: { "AWS:SourceAccount": ACCOUNT } } }, true],
  ["another account", { Condition: { StringEquals: { "AWS:SourceAccount": "111111111111" } } }, false],
  [
    "the topic in another account",
    { Condition: { ArnLike: { "AWS:SourceArn": TOPIC }, StringEquals: { "AWS:SourceAccount": "111111111111" } } },
    false,
  ],
  ["an organization", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-aaaaaaaaaa" } } }, false],
])("a policy for %s", async ([, members, isPermitted]) => {
  using it = aSubscribing({ permits: false });
  it.own.policies.add("f", undefined, statement(members));
  publish(it.topicOf());
  await nextTurn();
  expect(it.lines()[0]?.statusCode).toBe(isPermitted ? 202 : 403);
});

test("what Lambda has no room for is tried again by the topic", async () => {
  using it = aSubscribing();
  const directory = { in: () => it.own };
  const queueEvent = () => {
    throw new TooManyRequests();
  };
  const source = { principal: "sns.amazonaws.com", arn: TOPIC, messageId: "m" };
  const payload = { functionArn: arnOf("f"), event: { text: "{}" }, traceHeader: undefined, source };
  expect(await handOverTo({ directory, queueEvent })(aJob(payload).job)).toEqual(
    failed("Rate Exceeded.", managedEndpointRetries, 429),
  );
});
