import { expect, test } from "vitest";
import { passedThrough } from "../../../../src/engine/function/lineage.ts";
import { formatIso8601 } from "../../../../src/kernel/time/iso8601.ts";
import { nextTurn } from "../../../../src/kernel/time/system-clock.ts";
import { ACCOUNT, HOUR, MINUTE, REGION, START } from "../../../support/queue.ts";
import { anInvoking, arnOf, DONE, FAILED, messagesIn } from "./fixture.ts";

test("a queue gets the record of an event that was given up, member by member as AWS has it", async () => {
  using it = anInvoking();
  const queue = it.create("failed");
  const functionArn = it.function("f", FAILED);
  it.own.invokeConfigs.set("f", undefined, { onFailure: queue.arn, onSuccess: it.create("never").arn });
  const { requestId } = it.queueEvent({ functionArn, payload: '{ "message": 1.50 }' });
  await it.pass(HOUR);
  const [{ body, attributes, traceHeader } = {}] = messagesIn(queue);
  const timestamp = formatIso8601(START + 3 * MINUTE);
  expect(body).toBe(
    `{"version":"1.0","timestamp":"${timestamp}",` +
      `"requestContext":{"requestId":"${requestId}","functionArn":"${functionArn}:$LATEST","condition":"RetriesExhausted","approximateInvokeCount":3},` +
      `"requestPayload":{ "message": 1.50 },` +
      `"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},` +
      `"responsePayload":{"errorType":"Error","errorMessage":"no"}}`,
  );
  expect(attributes).toBeUndefined();
  expect(traceHeader).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0;Lineage=[0-9a-f]{8}:1$/);
});

test("success is told of without a functionError, by the configuration of the qualifier that was invoked", async () => {
  using it = anInvoking();
  const [ofLatest, ofAlias] = [it.create("latest"), it.create("alias")];
  const functionArn = it.function("f");
  it.own.publish("f");
  it.own.aliases.create("f", "live", { version: "1", description: "" });
  it.own.invokeConfigs.set("f", "$LATEST", { onSuccess: ofLatest.arn });
  it.own.invokeConfigs.set("f", "live", { onSuccess: ofAlias.arn });
  it.answers.set(`${functionArn}:live`, { ...DONE, executedVersion: "1", payload: "null" });
  it.queueEvent({ functionArn: `${functionArn}:live`, payload: "{}", traceId: "Root=1-2-3" });
  await nextTurn();
  expect(messagesIn(ofLatest)).toEqual([]);
  const [{ body = "", traceHeader } = {}] = messagesIn(ofAlias);
  expect(JSON.parse(body)).toEqual({
    version: "1.0",
    timestamp: formatIso8601(START),
    requestContext: {
      ...{ requestId: expect.any(String), functionArn: `${functionArn}:live` },
      ...{ condition: "Success", approximateInvokeCount: 1 },
    },
    requestPayload: {},
    responseContext: { statusCode: 200, executedVersion: "1" },
    responsePayload: null,
  });
  expect(traceHeader).toBe(passedThrough(functionArn, "Root=1-2-3"));
});

test("a dead-letter queue gets the event itself with three attributes, whatever a destination gets", async () => {
  using it = anInvoking();
  const [deadLetters, failed] = [it.create("dead"), it.create("failed")];
  const functionArn = it.function("f", FAILED, { deadLetterArn: deadLetters.arn });
  it.own.invokeConfigs.set("f", undefined, { retryCount: 0, onFailure: failed.arn });
  const { requestId } = it.queueEvent({ functionArn, payload: '{"a": 1}' });
  await nextTurn();
  const [{ body, attributes } = {}] = messagesIn(deadLetters);
  expect(body).toBe('{"a": 1}');
  expect(attributes).toEqual({
    RequestID: { dataType: "String", value: requestId },
    ErrorCode: { dataType: "Number", value: "200" },
    ErrorMessage: { dataType: "String", value: "no" },
  });
  expect(messagesIn(failed)).toHaveLength(1);
});

test("what queues get escapes the characters that no message of theirs may have", async () => {
  using it = anInvoking();
  const [deadLetters, failed] = [it.create("dead"), it.create("failed")];
  const functionArn = it.function("f", FAILED, { deadLetterArn: deadLetters.arn });
  it.own.invokeConfigs.set("f", undefined, { retryCount: 0, onFailure: failed.arn });
  it.queueEvent({ functionArn, payload: '["a\uFFFEb", "\uFFFF"]' });
  await nextTurn();
  expect(messagesIn(deadLetters)[0]?.body).toBe('["a\\ufffeb", "\\uffff"]');
  expect(messagesIn(failed)[0]?.body).toContain('"requestPayload":["a\\ufffeb", "\\uffff"],');
});

test("a dead letter's error has replacements for what an attribute may not have", async () => {
  using it = anInvoking();
  const deadLetters = it.create("dead");
  const payload = JSON.stringify({ errorMessage: "\u001b[31mred\u001b[0m\n\uFFFE 😀" });
  const functionArn = it.function("f", { ...FAILED, payload }, { deadLetterArn: deadLetters.arn });
  it.own.invokeConfigs.set("f", undefined, { retryCount: 0 });
  it.queueEvent({ functionArn, payload: "{}" });
  await nextTurn();
  const value = "\uFFFD[31mred\uFFFD[0m\n\uFFFD 😀";
  expect(messagesIn(deadLetters)[0]?.attributes).toMatchObject({ ErrorMessage: { value } });
});

test("the dead-letter queue is that of the version that ran", async () => {
  using it = anInvoking();
  const deadLetters = it.create("dead");
  const functionArn = it.function("f", undefined, { deadLetterArn: deadLetters.arn });
  it.own.publish("f");
  const { deadLetterArn: _, ...settings } = it.own.get("f").latest.settings;
  it.own.update("f", { settings });
  it.own.aliases.create("f", "live", { version: "1", description: "" });
  it.own.invokeConfigs.set("f", "live", { retryCount: 0 });
  it.own.invokeConfigs.set("f", undefined, { retryCount: 0 });
  for (const [qualifier, executedVersion] of [
    ["live", "1"],
    ["$LATEST", "$LATEST"],
  ] as const) {
    it.answers.set(`${functionArn}:${qualifier}`, { ...FAILED, executedVersion });
    it.queueEvent({ functionArn: `${functionArn}:${qualifier}`, payload: `"${qualifier}"` });
  }
  await nextTurn();
  expect(messagesIn(deadLetters).map(({ body }) => body)).toEqual(['"live"']);
});

test("topics get the record, and dead letters with their attributes", async () => {
  using it = anInvoking();
  const [queue, topic] = [it.create("reader"), it.topic()];
  it.subscribe(topic, "sqs", queue.arn);
  const functionArn = it.function("f", FAILED, { deadLetterArn: topic.arn });
  it.own.invokeConfigs.set("f", undefined, { retryCount: 0, onFailure: topic.arn });
  const { requestId } = it.queueEvent({ functionArn, payload: "{}" });
  await nextTurn();
  const [record, deadLetter] = published(it);
  const [first, second] = [record, deadLetter].sort((one) => (one?.attributes === undefined ? -1 : 1));
  expect(JSON.parse(first?.message ?? "")).toMatchObject({ requestContext: { requestId } });
  expect(second).toMatchObject({
    message: "{}",
    attributes: { RequestID: { value: requestId }, ErrorCode: { dataType: "Number", value: "200" } },
  });
  expect(messagesIn(queue)).toHaveLength(2);
});

test("a topic gets a record without payloads when it would be too long for it", async () => {
  using it = anInvoking();
  const topic = it.topic();
  const functionArn = it.function("f", DONE);
  it.own.invokeConfigs.set("f", undefined, { onSuccess: topic.arn });
  it.queueEvent({ functionArn, payload: JSON.stringify("x".repeat(256 * 1024)) });
  await nextTurn();
  const record = JSON.parse(published(it)[0]?.message ?? "");
  expect(record).toMatchObject({ requestContext: { condition: "Success" }, responseContext: { statusCode: 200 } });
  expect(Object.keys(record)).toEqual(["version", "timestamp", "requestContext", "responseContext"]);
});

test("a bucket gets the record of a failure whole, as an object named after function and time", async () => {
  const objects: (readonly [bucketArn: string, key: string, text: string])[] = [];
  using it = anInvoking({
    put: async (bucketArn, key, content) => void objects.push([bucketArn, key, Buffer.from(content).toString()]),
  });
  const functionArn = it.function("f", FAILED);
  it.own.invokeConfigs.set("f", undefined, { retryCount: 0, onFailure: "arn:aws:s3:::failed" });
  const payload = JSON.stringify("x".repeat(1024 * 1024 - 2));
  it.queueEvent({ functionArn, payload });
  await nextTurn();
  await nextTurn();
  const [[bucketArn, key, text] = ["", "", "{}"]] = objects;
  expect(bucketArn).toBe("arn:aws:s3:::failed");
  const [day = "", time = ""] = formatIso8601(START).slice(0, 19).split("T");
  const stamp = `${day.replaceAll("-", "/")}/${day}T${time.replaceAll(":", ".")}`;
  expect(key.startsWith(`aws/lambda/async/f/${stamp}-`)).toBe(true);
  expect(JSON.parse(text)).toMatchObject({
    requestContext: { condition: "RetriesExhausted" },
    requestPayload: JSON.parse(payload),
    responsePayload: { errorMessage: "no" },
  });
  expect(it.lost).toEqual([]);
});

test("where no folder stands in the place of buckets the record is lost, and told as such", async () => {
  using it = anInvoking();
  const functionArn = it.function("f", FAILED);
  it.own.invokeConfigs.set("f", undefined, { retryCount: 0, onFailure: "arn:aws:s3:::failed" });
  it.queueEvent({ functionArn, payload: "{}" });
  await nextTurn();
  await nextTurn();
  expect(it.lost).toMatchObject([{ reason: "No folder stands in the place of buckets" }]);
});

test("a function gets the record as its event, asynchronously", async () => {
  using it = anInvoking();
  const [first, second] = [it.function("first", DONE), it.function("second", DONE)];
  it.own.invokeConfigs.set("first", undefined, { onSuccess: second });
  const { requestId } = it.queueEvent({ functionArn: first, payload: "{}" });
  await nextTurn();
  expect(it.calls.map(({ functionArn }) => functionArn)).toEqual([first, second]);
  expect(JSON.parse(it.calls[1]?.payload ?? "")).toMatchObject({ requestContext: { requestId, condition: "Success" } });
  expect(it.calls[1]?.requestId).not.toBe(requestId);
});

test("a throttled event that grew too old has no answer to tell of, and its dead letter says 429", async () => {
  using it = anInvoking();
  const [failed, deadLetters] = [it.create("failed"), it.create("dead")];
  const throttled = { type: "throttled", reason: "ConcurrentInvocationLimitExceeded" } as const;
  const functionArn = it.function("f", throttled, { deadLetterArn: deadLetters.arn });
  it.own.invokeConfigs.set("f", undefined, { maxAgeMs: MINUTE, onFailure: failed.arn });
  it.queueEvent({ functionArn, payload: "{}" });
  await it.pass(MINUTE);
  const [record] = messagesIn(failed).map(({ body }) => JSON.parse(body));
  expect(Object.keys(record)).toEqual(["version", "timestamp", "requestContext", "requestPayload"]);
  expect(record.requestContext).toMatchObject({ condition: "EventAgeExceeded", approximateInvokeCount: 0 });
  expect(messagesIn(deadLetters)[0]?.attributes).toMatchObject({
    ErrorCode: { value: "429" },
    ErrorMessage: { value: "Rate Exceeded." },
  });
});

test("an event that went in a loop ends at once, and both its destination and its dead-letter queue are told", async () => {
  using it = anInvoking();
  const [deadLetters, failed] = [it.create("dead"), it.create("failed")];
  const answer = { type: "recursive", reason: "It goes in a loop." } as const;
  const functionArn = it.function("f", answer, { deadLetterArn: deadLetters.arn });
  it.own.invokeConfigs.set("f", undefined, { onFailure: failed.arn });
  it.queueEvent({ functionArn, payload: "{}" });
  await nextTurn();
  expect(JSON.parse(messagesIn(failed)[0]?.body ?? "")).toMatchObject({
    requestContext: { condition: "RecursiveInvocation", approximateInvokeCount: 0 },
  });
  expect(messagesIn(deadLetters)[0]?.attributes).toMatchObject({
    ErrorCode: { value: "400" },
    ErrorMessage: { value: "It goes in a loop." },
  });
});

test("an event of a function whose reserved concurrency is zero ends at once", async () => {
  using it = anInvoking();
  const failed = it.create("failed");
  const reason = "ReservedFunctionConcurrentInvocationLimitExceeded";
  const functionArn = it.function("f", { type: "throttled", reason });
  it.own.reserve("f", 0);
  it.own.invokeConfigs.set("f", undefined, { onFailure: failed.arn });
  it.queueEvent({ functionArn, payload: "{}" });
  await nextTurn();
  expect(JSON.parse(messagesIn(failed)[0]?.body ?? "")).toMatchObject({
    requestContext: { condition: "ZeroReservedConcurrency" },
  });
});

test.for([
  { receiver: `arn:aws:sqs:${REGION}:${ACCOUNT}:nobody`, reason: "The queue does not exist" },
  { receiver: `arn:aws:sns:${REGION}:${ACCOUNT}:nobody`, reason: "The topic does not exist" },
  { receiver: arnOf("nobody"), reason: "The function does not exist" },
  { receiver: `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/default`, reason: "Nothing is sent to events here" },
])("what $receiver cannot get is dropped, and said so", async ({ receiver, reason }) => {
  using it = anInvoking();
  const functionArn = it.function("f", DONE);
  it.own.invokeConfigs.set("f", undefined, { onSuccess: receiver });
  const { requestId } = it.queueEvent({ functionArn, payload: "{}" });
  await nextTurn();
  expect(it.lost).toEqual([
    { what: "destination record", requestId, functionArn: `${functionArn}:$LATEST`, receiver, reason },
  ]);
});

test("a FIFO queue gets no dead letters", async () => {
  using it = anInvoking();
  const queue = it.create("dead.fifo", { isFifo: true });
  const functionArn = it.function("f", FAILED, { deadLetterArn: queue.arn });
  it.own.invokeConfigs.set("f", undefined, { retryCount: 0 });
  it.queueEvent({ functionArn, payload: "{}" });
  await nextTurn();
  expect(it.lost).toMatchObject([{ what: "dead letter", reason: "A FIFO queue takes nothing from Lambda" }]);
});

/** What topics published. */
function published({ log }: ReturnType<typeof anInvoking>) {
  return [...log.publishes()].flatMap(([, all]) => [...all].map(({ notification: { content } }) => content));
}
