import { expect, test } from "vitest";
import { createEmulator } from "../../../src/index.ts";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";
import type { Logger } from "../../../src/server/log.ts";
import { awsHeaders } from "../../support/looking.ts";

/** A server, what its log says of requests that wait, and calls of it. */
async function aServer() {
  const lines: string[] = [];
  let heard: () => void = () => {};
  const logger: Logger = {
    isEnabled: (level) => level === "info",
    log(_level, { operation, account, hint }, text) {
      if (text !== "request waits") return;
      lines.push(`${operation} ${account}: ${String(hint).split(",", 1)}`);
      heard();
    },
  };
  const emulator = await createEmulator({ logger });
  const call = async (service: "sqs" | "kinesis", operation: string, input: object, account = "000000000000") => {
    const headers = awsHeaders(service, operation, { account });
    const response = await fetch(emulator.endpoint, { method: "POST", headers, body: JSON.stringify(input) });
    return JSON.parse((await response.text()) || "{}");
  };
  return {
    emulator,
    call,
    lines,
    /** Resolves with the next line. */
    line: () =>
      new Promise<void>((resolve) => {
        heard = resolve;
      }),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

test("the log says why a long poll hangs whose account's time stands still, once until that is moved", async () => {
  await using server = await aServer();
  const { emulator, call, lines } = server;
  const { QueueUrl } = await call("sqs", "CreateQueue", { QueueName: "jobs" });
  const poll = () => call("sqs", "ReceiveMessage", { QueueUrl, WaitTimeSeconds: 5 });
  const clock = emulator.clock("000000000000");
  clock.freeze();
  const first = server.line();
  const polls = [poll()];
  await first;
  polls.push(poll());
  while ((await emulator.queue("jobs").describe()).waitingReceives < 2) await nextTurn(); // in which it can arrive
  expect(lines).toEqual(["ReceiveMessage 000000000000: the account's clock is frozen"]);

  await clock.advance("5s");
  const second = server.line();
  polls.push(poll());
  await second;
  expect(lines).toHaveLength(2);
  await clock.advance("5s");
  expect(await Promise.all(polls)).toEqual([{}, {}, {}]);
});

test("what need not wait, and what waits while time runs, has no line", async () => {
  await using server = await aServer();
  const { emulator, call, lines } = server;
  const { QueueUrl } = await call("sqs", "CreateQueue", { QueueName: "jobs" });
  const waiting = call("sqs", "ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
  await call("sqs", "SendMessage", { QueueUrl, MessageBody: "one" });
  expect((await waiting).Messages).toHaveLength(1);
  emulator.clock("000000000000").freeze();
  await call("sqs", "ReceiveMessage", { QueueUrl });
  expect(lines).toEqual([]);
});
