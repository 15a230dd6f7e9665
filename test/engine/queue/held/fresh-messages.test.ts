import fc from "fast-check";
import { expect, test } from "vitest";
import { FreshMessages } from "../../../../src/engine/queue/held/fresh-messages.ts";
import { type Message, type NewMessage, textOf } from "../../../../src/engine/queue/message.ts";
import { MessageIds } from "../../../../src/engine/queue/message-ids.ts";
import { aMessage, aQueue, MINUTE, receive, receiveOne, SECOND, START, send } from "../../../support/queue.ts";

const home = { ids: new MessageIds("22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324"), createdAt: START };

interface Waiting {
  readonly key: number;
  readonly at: number;
  readonly message: NewMessage;
  readonly reader: string | undefined;
}

const shared = { textFor: (reader: string) => `for ${reader}` };

function shown({ key, sentAt, body, senderId, attributes, groupId, traceHeader }: Message) {
  return { key, at: sentAt, body, senderId, attributes, groupId, traceHeader };
}

function expected({ key, at, message, reader }: Waiting) {
  const { senderId, attributes, groupId, traceHeader } = message;
  return { key, at, body: textOf(message.body, reader), senderId, attributes, groupId, traceHeader };
}

/** What is kept in this way and that, those at the edge of being so included. */
const body: fc.Arbitrary<NewMessage["body"]> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "binary-ascii", maxLength: 300 }) },
  fc.constantFrom("a".repeat(4096), "b".repeat(4097)),
  fc.constantFrom("é", "\u007f", "\u0080", "\u00ff", "\u0100", "\ud83d\ude00", "\ud83d", ""),
  fc.constant(shared),
);

const content: fc.Arbitrary<NewMessage> = fc.record(
  {
    body,
    senderId: fc.constantFrom("one", "another"),
    traceHeader: fc.constantFrom(undefined, undefined, undefined, "Root=1"),
    attributes: fc.constantFrom(undefined, undefined, undefined, { a: { dataType: "String", value: "b" } }),
  },
  { requiredKeys: ["body", "senderId"] },
);

type Step =
  | { readonly push: number; readonly reader: string | undefined; readonly isShared: boolean }
  | { readonly shift: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ push: fc.nat(400), reader: fc.constantFrom(undefined, "one"), isShared: fc.boolean() }),
  fc.record({ shift: fc.nat(300) }),
);

const gap = fc.nat(9);

test("hold what a list of messages would, whatever comes and leaves", () => {
  const contents = fc.array(content, { minLength: 1, maxLength: 40 });
  const property = fc.property(
    fc.array(step, { maxLength: 20 }),
    fc.array(gap, { minLength: 1 }),
    contents,
    (steps, gaps, messages) => {
      const fresh = new FreshMessages(home);
      const list: Waiting[] = [];
      let key = 0;
      for (const one of steps) {
        for (let count = 0; "push" in one && count < one.push; count++) {
          key += 1 + (gaps[key % gaps.length] ?? 0);
          const message = messages[key % messages.length] as NewMessage;
          const waiting = { key, at: START + key, message, reader: one.reader };
          list.push(waiting);
          fresh.push(waiting, one.isShared);
        }
        for (let count = 0; "shift" in one && count < one.shift && list.length > 0; count++) {
          expect(shown(fresh.shift())).toEqual(expected(list.shift() as Waiting));
        }
        const [first] = list;
        expect([fresh.firstKey, fresh.firstSentAt]).toEqual([first?.key ?? Infinity, first?.at ?? Infinity]);
        expect(fresh.lastSentAt).toBe(list.at(-1)?.at ?? 0);
        const behind = key - (key >> 3);
        const wanted = list.filter((waiting) => waiting.key > behind);
        expect(Array.from(fresh.behind(behind), shown)).toEqual(wanted.map(expected));
        const found = list.find((waiting) => waiting.key === behind);
        expect(fresh.find(behind)?.key).toBe(found?.key);
      }
    },
  );
  fc.assert(property);
});

test("keep texts in memory that is used again, whatever the lengths of those before them were", () => {
  const fresh = new FreshMessages(home);
  const lengths = [1, 4096, 2, 40, 4096, 4096, 300].flatMap((length) => Array<number>(700).fill(length));
  const bodies = lengths.map((length, key) => `${key}`.padEnd(length, "m"));
  const came: string[] = [];
  for (const [key, body] of bodies.entries()) {
    fresh.push({ key, at: START, message: { body, senderId: "sender" } }, false);
    if (key >= 1000) came.push(fresh.shift().body);
  }
  while (fresh.firstKey < bodies.length) came.push(fresh.shift().body);
  expect(came).toEqual(bodies);
});

test("messages that wait as they came and others expire in the order in which they were sent", () => {
  const { queue, clock } = aQueue({ retentionMs: MINUTE });
  const sent = ["a", "b (delayed)", "c", "d (grouped)", "e"];
  for (const body of sent) {
    queue.send(
      aMessage(body, { delayMs: body === "b (delayed)" ? SECOND : 0, groupId: body.startsWith("d") ? "g" : undefined }),
    );
    clock.advance(SECOND);
  }
  receiveOne(queue, { visibilityTimeoutMs: 0 });
  const left = () => Array.from(queue.look().messages(), ({ message }) => message.body);
  expect(left()).toEqual(sent);
  clock.advance(MINUTE - 6 * SECOND);
  for (let gone = 0; gone < sent.length; gone++) {
    expect(left()).toEqual(sent.slice(gone));
    expect(Array.from(queue.look().upcoming(), ({ kind }) => kind)).toEqual(
      sent.slice(gone).map(() => "retentionEnds"),
    );
    clock.advance(SECOND);
  }
});

test("what is written down of them is the same however often it is read and whatever became of them", () => {
  const { queue } = aQueue();
  send(queue, ["a", "b", "c", "d"]);
  const taken = queue.taken();
  const bodies = () => Array.from(taken, (event) => (event.type === "sent" ? event.message.body : event.type));
  const before = bodies();
  expect(before).toEqual(["created", "a", "b", "c", "d", "countersKept"]);
  receive(queue, { max: 2 });
  expect(bodies()).toEqual(before);
  queue.purge();
  expect(bodies()).toEqual(before);
  taken.end();
});
