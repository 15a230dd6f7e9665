import fc from "fast-check";
import { expect, test } from "vitest";
import { FreshMessages } from "../../../../src/engine/queue/held/fresh-messages.ts";
import type { Message } from "../../../../src/engine/queue/message.ts";
import { MessageIds } from "../../../../src/engine/queue/message-ids.ts";
import { aMessage, aQueue, MINUTE, receive, receiveOne, SECOND, START, send } from "../../../support/queue.ts";

const home = { ids: new MessageIds("22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324"), createdAt: START };

interface Waiting {
  readonly key: number;
  readonly at: number;
  readonly body: string;
  readonly reader: string | undefined;
}

const shared = { textFor: (reader: string) => `for ${reader}` };

function shown({ key, sentAt, body, senderId, attributes, groupId }: Message) {
  return { key, at: sentAt, body, senderId, attributes, groupId };
}

function expected({ key, at, body, reader }: Waiting) {
  const text = reader === undefined ? body : `for ${reader}`;
  return { key, at, body: text, senderId: "sender", attributes: undefined, groupId: undefined };
}

type Step = { readonly push: number; readonly reader: string | undefined } | { readonly shift: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ push: fc.nat(60), reader: fc.constantFrom(undefined, "one") }),
  fc.record({ shift: fc.nat(60) }),
);

test("hold what a list of messages would, whatever comes and leaves", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.array(fc.nat(9), { minLength: 1 }), (steps, gaps) => {
      const fresh = new FreshMessages(home);
      const list: Waiting[] = [];
      let key = 0;
      for (const one of steps) {
        for (let count = 0; "push" in one && count < one.push; count++) {
          key += 1 + (gaps[key % gaps.length] ?? 0);
          const { reader } = one;
          const body = `${key}`;
          list.push({ key, at: START + key, body, reader });
          const message = { body: reader === undefined ? body : shared, senderId: "sender" };
          fresh.push({ key, at: START + key, message, reader });
        }
        for (let count = 0; "shift" in one && count < one.shift && list.length > 0; count++) {
          expect(shown(fresh.shift())).toEqual(expected(list.shift() as Waiting));
        }
        const [first] = list;
        expect([fresh.firstKey, fresh.firstSentAt]).toEqual([first?.key ?? Infinity, first?.at ?? Infinity]);
        expect(fresh.lastSentAt).toBe(list.at(-1)?.at ?? 0);
        const behind = key >> 1;
        const wanted = list.filter((waiting) => waiting.key > behind);
        expect(Array.from(fresh.behind(behind), shown)).toEqual(wanted.map(expected));
        const found = list.find((waiting) => waiting.key === behind);
        expect(fresh.find(behind)?.key).toBe(found?.key);
      }
    }),
  );
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
