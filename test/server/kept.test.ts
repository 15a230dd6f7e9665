import { describe, expect, test } from "vitest";
import { Deferred } from "../../src/kernel/event/deferred.ts";
import { nextTurn } from "../../src/kernel/time/system-clock.ts";
import { aJsonRequest, aKeepingHandler, type Behaviour, sqs } from "./services.ts";

const send = aJsonRequest("SendMessage", '{"QueueUrl":"q","MessageBody":"b"}');
const atOnce: Behaviour = () => ({ MessageId: "m" });
const later: Behaviour = async () => ({ MessageId: "m" });
const deferred: Behaviour = () => {
  const answer = new Deferred<unknown>();
  answer.resolve({ MessageId: "m" });
  return answer;
};
const FULL = new Error("State cannot be kept: the disk is full.");

describe.for([
  { when: "at once", behaviour: atOnce },
  { when: "later", behaviour: later },
  { when: "once it is woken", behaviour: deferred },
])("the answer of an operation that answers $when", ({ behaviour }) => {
  test("leaves once all that it tells of is kept", async () => {
    let keep: () => void = () => {};
    const kept = new Promise<void>((resolve) => {
      keep = resolve;
    });
    let isThere = false;
    const response = Promise.resolve(aKeepingHandler(() => kept, sqs(behaviour)).handle(send).response);
    void response.then(() => {
      isThere = true;
    });
    await nextTurn();
    expect(isThere).toBe(false);
    keep();
    expect((await response).status).toBe(200);
  });

  test("is a 500 that says why where that cannot be", async () => {
    const { response } = aKeepingHandler(() => Promise.reject(FULL), sqs(behaviour)).handle(send);
    const { status, body } = await response;
    expect([status, String(body)]).toEqual([500, expect.stringContaining("State cannot be kept: the disk is full.")]);
  });
});

test("an answer leaves at once when all is kept", () => {
  expect(aKeepingHandler(() => undefined, sqs(atOnce)).handle(send).response).toHaveProperty("status", 200);
});
