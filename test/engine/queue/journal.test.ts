import { describe, expect, test } from "vitest";
import { aFifoQueue, aMessage, aQueue, MINUTE, poll, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

const typesOf = (events: readonly { readonly type: string }[]): readonly string[] => events.map(({ type }) => type);

describe("the journal", () => {
  test("hears every change, in order", () => {
    const { queue, events } = aQueue();
    send(queue, ["a", "b"]);
    const [first, second] = queue.receive({ max: 2 });
    queue.changeVisibility(first!.receipt, MINUTE);
    queue.delete(first!.receipt);
    queue.returnUndelivered([second!]);
    queue.retag({ a: "1" });
    queue.configure(queue.settings, {});
    queue.purge();
    expect(typesOf(events)).toEqual([
      ...["sent", "sent", "received", "received", "visibilityChanged", "deleted", "unreceived"],
      ...["tagged", "configured", "purged"],
    ]);
  });

  test("hears nothing of the passing of time, of questions, and of commands that change nothing", () => {
    const { queue, clock, events } = aFifoQueue({ visibilityTimeoutMs: SECOND, retentionMs: MINUTE });
    queue.send(aMessage("a", { groupId: "g", deduplicationId: "id" }));
    const { receipt } = receiveOne(queue);
    const heard = events.length;
    queue.send(aMessage("a", { groupId: "g", deduplicationId: "id" }));
    receive(queue);
    clock.advance(SECOND);
    queue.delete(receipt);
    queue.changeVisibility(receipt, MINUTE);
    expect(queue.counts.visible).toBe(1);
    clock.advance(MINUTE);
    expect(queue.counts.visible).toBe(0);
    expect(events).toHaveLength(heard);
  });

  test("hears a send before the receive that it wakes", async () => {
    const { queue, events } = aQueue();
    const waiting = poll(queue);
    send(queue, ["a"]);
    await waiting;
    expect(typesOf(events)).toEqual(["sent", "received"]);
  });
});

describe("a queue rebuilt from its events", () => {
  test("holds the same messages, without clock or randomness", () => {
    const { queue, rebuild } = aFifoQueue();
    const sent = queue.send(aMessage("a", { groupId: "g", attributes: { A: { dataType: "String", value: "a" } } }));
    expect(receiveOne(rebuild()).message).toMatchObject({ ...sent, body: "a", attributes: { A: { value: "a" } } });
  });

  test("knows the receipts that were handed out", () => {
    const { queue, rebuild } = aQueue();
    send(queue, ["a", "b"]);
    const [first, second] = queue.receive({ max: 2 });
    queue.delete(first!.receipt);
    const rebuilt = rebuild();
    expect([first!, second!].map(({ receipt }) => rebuilt.delete(receipt))).toEqual(["gone", "deleted"]);
  });

  test("knows the deduplication ids and the attempts", () => {
    const { queue, rebuild } = aFifoQueue();
    const sent = queue.send(aMessage("a", { groupId: "g", deduplicationId: "id" }));
    const received = queue.receive({ max: 1, attemptId: "attempt" });
    const rebuilt = rebuild();
    expect(rebuilt.send(aMessage("b", { groupId: "g", deduplicationId: "id" }))).toEqual(sent);
    expect(rebuilt.receive({ max: 1, attemptId: "attempt" }).map(({ receipt }) => receipt)).toEqual([
      received[0]!.receipt,
    ]);
  });

  test("has been through receives with a visibility timeout of zero", () => {
    const { queue, rebuild } = aFifoQueue();
    send(queue, ["1", "2", "3"], { groupId: "g" });
    for (let count = 0; count < 2; count++) receive(queue, { visibilityTimeoutMs: 0 });
    const rebuilt = rebuild();
    expect(rebuilt.counts).toEqual({ visible: 3, inFlight: 0, delayed: 0 });
    expect(rebuilt.receive({ max: 10 }).map(({ receiveCount }) => receiveCount)).toEqual([3, 3, 3]);
  });

  test("knows which tenants are noisy", () => {
    const { queue, rebuild } = aQueue();
    send(queue, Array<string>(31).fill("noisy"), { groupId: "a" });
    const receipts = [1, 2, 3].flatMap(() => queue.receive({ max: 10 }).map(({ receipt }) => receipt));
    send(queue, ["quiet 1"], { groupId: "b" });
    expect(receive(queue, { max: 1 })).toEqual(["quiet 1"]);
    for (const receipt of receipts) queue.delete(receipt);
    send(queue, ["quiet 2"], { groupId: "b" });
    const rebuilt = rebuild();
    expect(receive(rebuilt)).toEqual(["quiet 2", "noisy"]);
    expect(receive(queue)).toEqual(["quiet 2", "noisy"]);
  });
});
