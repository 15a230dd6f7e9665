import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { LastAnswers } from "../../../src/server/control/last-answers.ts";
import { aFrozenClock } from "../../support/service-call.ts";

function aRequest() {
  const response = new EventEmitter();
  return { request: {} as IncomingMessage, response: response as unknown as ServerResponse & EventEmitter };
}

test("a closing server waits for the answers of control routes, and for those whose client is still there", async () => {
  const clock = aFrozenClock();
  const answers = new LastAnswers(clock);
  const served: unknown[] = [];
  const serve = answers.of((request) => served.push(request));
  const [first, second, third] = [aRequest(), aRequest(), aRequest()];
  for (const { request, response } of [first, second, third]) serve(request, response);
  expect(served).toHaveLength(3);
  first.response.emit("finish");
  let isClosed = false;
  const closing = answers.close().then(() => {
    isClosed = true;
  });
  second.response.emit("close");
  await Promise.resolve();
  expect(isClosed).toBe(false);
  third.response.emit("finish");
  await closing;
});

test("a client that never reads is not waited for", async () => {
  const clock = aFrozenClock();
  const answers = new LastAnswers(clock);
  const { request, response } = aRequest();
  answers.of(() => {})(request, response);
  const closing = answers.close();
  clock.advance(1000);
  await closing;
  expect(response.listenerCount("close")).toBe(1);
});
