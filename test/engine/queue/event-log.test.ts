import { describe, expect, test } from "vitest";
import type { QueueEntry } from "../../../src/engine/queue/events.ts";
import { plainEvent } from "../../../src/engine/queue/plain-events.ts";
import type { QueueRules, QueueSettings } from "../../../src/engine/queue/settings.ts";
import { aDirectory, aMessage, MINUTE, poll, receive, receiveOne, SECOND, send } from "../../support/queue.ts";
import { throughJson } from "../../support/through-json.ts";
import { aSource } from "./dead-letter-fixture.ts";

/** Everything that is appended from now on: one item for each append, back from JSON. */
function appendsTo({ logs }: Pick<ReturnType<typeof aDirectory>, "logs">): readonly (readonly QueueEntry[])[] {
  const appends: (readonly QueueEntry[])[] = [];
  logs.listen((_, entries) => appends.push(throughJson(entries) as readonly QueueEntry[]));
  return appends;
}

/** What happened in each append, and where. */
function storyOf(appends: readonly (readonly QueueEntry[])[]): readonly (readonly string[])[] {
  return appends.map((entries) => entries.map(({ resource, event }) => `${resource.split(":").at(-1)} ${event.type}`));
}

function aLoggedQueue(settings: Partial<QueueSettings> = {}, rules: Partial<QueueRules> = {}) {
  const fixture = aDirectory(rules);
  const appends = appendsTo(fixture);
  const queue = fixture.create(settings.isFifo ? "queue.fifo" : "queue", settings);
  const events = () =>
    appends
      .flat()
      .map(({ event }) => event.type)
      .slice(1);
  const rebuild = () => {
    const { directory } = aDirectory(rules);
    for (const entry of appends.flat()) directory.replay(entry);
    return directory.byArn(queue.arn)!;
  };
  return { ...fixture, queue, appends, events, rebuild };
}

const aLoggedFifoQueue = (settings: Partial<QueueSettings> = {}) => aLoggedQueue({ isFifo: true, ...settings });

describe("the event log", () => {
  test("hears every change, in order", () => {
    const { queue, events } = aLoggedQueue();
    send(queue, ["a", "b"]);
    const [first, second] = queue.receive({ max: 2 });
    queue.changeVisibility(first!.receipt, MINUTE);
    queue.delete(first!.receipt);
    queue.returnUndelivered([second!]);
    queue.retag({ a: "1" });
    queue.configure(queue.settings, {});
    queue.purge();
    expect(events()).toEqual([
      ...["sent", "sent", "received", "received", "visibilityChanged", "deleted", "unreceived"],
      ...["tagged", "configured", "purged"],
    ]);
  });

  test("hears nothing of the passing of time, of questions, and of commands that change nothing", () => {
    const { queue, clock, events } = aLoggedFifoQueue({ visibilityTimeoutMs: SECOND, retentionMs: MINUTE });
    queue.send(aMessage("a", { groupId: "g", deduplicationId: "id" }));
    const { receipt } = receiveOne(queue);
    const heard = events().length;
    queue.send(aMessage("a", { groupId: "g", deduplicationId: "id" }));
    receive(queue);
    clock.advance(SECOND);
    queue.delete(receipt);
    queue.changeVisibility(receipt, MINUTE);
    expect(queue.counts.visible).toBe(1);
    clock.advance(MINUTE);
    expect(queue.counts.visible).toBe(0);
    expect(events()).toHaveLength(heard);
  });

  test("hears a send before the receive that it wakes", async () => {
    const { queue, events } = aLoggedQueue();
    const waiting = poll(queue);
    send(queue, ["a"]);
    await waiting;
    expect(events()).toEqual(["sent", "received"]);
  });
});

describe("one append", () => {
  test("is a receive with all its messages, and how it ended", () => {
    const { queue, appends } = aLoggedFifoQueue();
    send(queue, ["a", "b"], { groupId: "g" });
    queue.receive({ max: 2, attemptId: "attempt", visibilityTimeoutMs: 0 });
    expect(storyOf(appends).at(-1)).toEqual(
      ["received", "received", "attempted", "retimed"].map((type) => `queue.fifo ${type}`),
    );
  });

  test("is a message's way to the dead-letter queue, before those who wait there are served", async () => {
    const fixture = aSource({ source: { visibilityTimeoutMs: 0 } });
    send(fixture.queue, ["a"]);
    receiveOne(fixture.queue);
    const waiting = poll(fixture.deadLetters);
    const appends = appendsTo(fixture);
    expect(receive(fixture.queue)).toEqual([]);
    expect(await waiting).toEqual(["a"]);
    expect(storyOf(appends)).toEqual([["source left", "dead-letters arrived"], ["dead-letters received"]]);
  });

  test("is a step of a move task", async () => {
    const fixture = aSource({ source: { visibilityTimeoutMs: 0 } });
    send(fixture.queue, ["a"]);
    receiveOne(fixture.queue);
    receive(fixture.queue);
    const waiting = poll(fixture.queue);
    const appends = appendsTo(fixture);
    fixture.queues.moves.start({ taskId: "task", source: fixture.deadLetters });
    expect(await waiting).toEqual(["a"]);
    expect(storyOf(appends)).toEqual([
      ["dead-letters moveTaskStarted"],
      ["dead-letters left", "source sent", "dead-letters moveTaskMoved"],
      ["source received", "source retimed"],
      ["dead-letters moveTaskEnded"],
    ]);
  });

  test("is a creation with its attributes, a removal, and a reset of account and region", () => {
    const { queue, queues, appends, create, directory } = aLoggedQueue({}, { recreateCooldownMs: MINUTE });
    const { settings } = queue;
    expect(appends[0]?.[0]?.event).toEqual({
      ...{ type: "created", at: queue.createdAt, id: queue.id },
      definition: { settings, attributes: {}, tags: {} },
    });
    create("other");
    queues.delete(queue);
    directory.reset();
    expect(storyOf(appends)).toEqual([["queue created"], ["other created"], ["queue removed"], [" reset"]]);
  });
});

describe("what the log is told of a message", () => {
  test("is plain: a shared body as its reader reads it, bytes in base64", () => {
    const { queue, appends } = aLoggedQueue();
    const body = { textFor: (reader: string) => `for ${reader}` };
    const attributes = { A: { dataType: "Binary", value: Uint8Array.of(1, 2, 3) } };
    queue.send({ body, senderId: "sender", attributes }, "one");
    const event = appends.at(-1)?.[0]?.event;
    expect(event).toMatchObject({ message: { body: "for one", attributes: { A: { base64: "AQID" } } } });
    expect(event).not.toHaveProperty("reader");
  });

  test("has a shared body made when somebody reads it, and survives being copied", () => {
    let made = 0;
    const message = { body: { textFor: (reader: string) => `${reader} ${++made}` }, senderId: "sender" };
    const event = plainEvent({ type: "sent", at: 0, key: 0, visibleAt: 0, message, reader: "one" });
    expect(made).toBe(0);
    expect(structuredClone(event)).toMatchObject({ message: { body: "one 1" } });
    expect(JSON.parse(JSON.stringify(event)).message).toEqual({ senderId: "sender", body: "one 2" });
  });

  test("brings its bytes back", () => {
    const { queue, rebuild } = aLoggedQueue();
    const bytes = Uint8Array.of(0, 128, 255);
    queue.send(aMessage("a", { attributes: { A: { dataType: "Binary", value: bytes } } }));
    expect(receiveOne(rebuild()).message.attributes).toEqual({ A: { dataType: "Binary", value: Buffer.from(bytes) } });
  });
});

describe("a queue rebuilt from its events", () => {
  test("holds the same messages, without clock or randomness", () => {
    const { queue, rebuild } = aLoggedFifoQueue();
    const sent = queue.send(aMessage("a", { groupId: "g", attributes: { A: { dataType: "String", value: "a" } } }));
    expect(receiveOne(rebuild()).message).toMatchObject({ ...sent, body: "a", attributes: { A: { value: "a" } } });
  });

  test("knows the receipts that were handed out", () => {
    const { queue, rebuild } = aLoggedQueue();
    send(queue, ["a", "b"]);
    const [first, second] = queue.receive({ max: 2 });
    queue.delete(first!.receipt);
    const rebuilt = rebuild();
    expect([first!, second!].map(({ receipt }) => rebuilt.delete(receipt))).toEqual(["gone", "deleted"]);
  });

  test("knows the deduplication ids and the attempts", () => {
    const { queue, rebuild } = aLoggedFifoQueue();
    const sent = queue.send(aMessage("a", { groupId: "g", deduplicationId: "id" }));
    const received = queue.receive({ max: 1, attemptId: "attempt" });
    const rebuilt = rebuild();
    expect(rebuilt.send(aMessage("b", { groupId: "g", deduplicationId: "id" }))).toEqual(sent);
    expect(rebuilt.receive({ max: 1, attemptId: "attempt" }).map(({ receipt }) => receipt)).toEqual([
      received[0]!.receipt,
    ]);
  });

  test("has been through receives with a visibility timeout of zero", () => {
    const { queue, rebuild } = aLoggedFifoQueue();
    send(queue, ["1", "2", "3"], { groupId: "g" });
    for (let count = 0; count < 2; count++) receive(queue, { visibilityTimeoutMs: 0 });
    const rebuilt = rebuild();
    expect(rebuilt.counts).toEqual({ visible: 3, inFlight: 0, delayed: 0 });
    expect(rebuilt.receive({ max: 10 }).map(({ receiveCount }) => receiveCount)).toEqual([3, 3, 3]);
  });

  test("knows which tenants are noisy", () => {
    const { queue, rebuild } = aLoggedQueue();
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
