import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { ListedMessage, ListingPlace } from "../../../../src/engine/queue/look/message-listing.ts";
import type { Queue } from "../../../../src/engine/queue/queue.ts";
import type { QueueDirectory } from "../../../../src/engine/queue/queue-directory.ts";
import type { QueueSettings } from "../../../../src/engine/queue/settings.ts";
import { Deque } from "../../../../src/kernel/collection/deque.ts";
import {
  aDirectory,
  aFifoQueue,
  aMessage,
  aQueue,
  MINUTE,
  receive,
  receiveOne,
  SECOND,
  START,
  send,
} from "../../../support/queue.ts";
import { type Command, commandsOf, NAMES, QueueCommands, SCOPE, type Sending } from "../replay-commands.ts";

/** Each message in a word, with its state where that is not `visible`. */
function listed(queue: Queue, behind?: ListingPlace): readonly string[] {
  return Array.from(queue.look().messages(behind), shown);
}

function shown({ message, state }: ListedMessage): string {
  return state === "visible" ? message.body : `${message.body} ${state}`;
}

describe("a standard queue lists", () => {
  test("what can be received first, oldest first, then what is in flight or delayed, by when that ends", () => {
    const { queue, clock } = aQueue();
    queue.send(aMessage("late", { delayMs: 60 * SECOND }));
    send(queue, ["a", "b", "c"]);
    queue.send(aMessage("soon", { delayMs: 10 * SECOND }));
    receive(queue, { max: 1 });
    expect(listed(queue)).toEqual(["b", "c", "soon delayed", "a inFlight", "late delayed"]);
    clock.advance(30 * SECOND);
    expect(listed(queue)).toEqual(["a", "b", "c", "soon", "late delayed"]);
    expect(receive(queue)).toEqual(["a", "b", "c", "soon"]);
  });

  test("messages received three times behind all others", () => {
    const { queue } = aQueue();
    send(queue, ["a", "b", "c"]);
    for (let round = 0; round < 3; round++) receiveOne(queue, { visibilityTimeoutMs: 0 });
    expect(listed(queue)).toEqual(["b", "c", "a"]);
    expect(receive(queue)).toEqual(["b", "c", "a"]);
  });

  test("noisy tenants behind quiet ones", () => {
    const { queue } = aQueue();
    send(queue, Array<string>(40).fill("noisy"), { groupId: "n" });
    for (let round = 0; round < 3; round++) receive(queue);
    send(queue, ["quiet"], { groupId: "q" });
    expect(listed(queue).slice(0, 3)).toEqual(["quiet", "noisy", "noisy"]);
    expect(receive(queue, { max: 1 })).toEqual(["quiet"]);
  });

  test("nothing whose retention has ended", () => {
    const { queue, clock } = aQueue({ retentionMs: MINUTE });
    send(queue, ["old"]);
    clock.advance(MINUTE - 1);
    send(queue, ["new"]);
    expect(listed(queue)).toEqual(["old", "new"]);
    clock.advance(1);
    expect(listed(queue)).toEqual(["new"]);
  });
});

describe("a FIFO queue lists", () => {
  test("group by group, and behind a message in flight those that it holds", () => {
    const { queue } = aFifoQueue({ contentBasedDeduplication: true });
    for (const body of ["a1", "b1", "a2", "b2", "a3"]) queue.send(aMessage(body, { groupId: body.charAt(0) }));
    expect(listed(queue)).toEqual(["a1", "a2", "a3", "b1", "b2"]);
    receive(queue, { max: 2 });
    expect(listed(queue)).toEqual(["b1", "b2", "a1 inFlight", "a2 inFlight", "a3 held"]);
    const [held] = [...queue.look().messages()].filter(({ state }) => state === "held");
    expect(held?.heldBy?.body).toBe("a2");
    expect(held?.returnsAt).toBe(START + 30 * SECOND);
  });
});

test("a message tells the ends of its retention and of its deduplication id", () => {
  const { queue, clock } = aFifoQueue({ retentionMs: 10 * MINUTE });
  queue.send(aMessage("a", { groupId: "g", deduplicationId: "1" }));
  const message = () => [...queue.look().messages()][0]!.message;
  expect(queue.look().retentionEndOf(message())).toBe(START + 10 * MINUTE);
  expect(queue.look().deduplicationEndOf(message())).toBe(START + 5 * MINUTE);
  clock.advance(5 * MINUTE);
  expect(queue.look().deduplicationEndOf(message())).toBeUndefined();
});

test("of a hundred thousand messages a page touches those that are on it, and a few to find its place", () => {
  const { queue } = aQueue();
  for (let sent = 0; sent < 100_000; sent++) queue.accept({ body: "", senderId: "" });
  const touches = vi.spyOn(Deque.prototype, "at");
  const most = { touched: 0 };
  let pages = 0;
  let seen = 0;
  for (let behind: ListingPlace | undefined; ; pages++) {
    touches.mockClear();
    const page = Array.from(first(1000, queue.look().messages(behind)), ({ place }) => place);
    most.touched = Math.max(most.touched, touches.mock.calls.length);
    seen += page.length;
    behind = page.at(-1);
    if (behind === undefined) break;
  }
  touches.mockRestore();
  expect({ seen, pages }).toEqual({ seen: 100_000, pages: 100 });
  expect(most.touched).toBeLessThan(1000 + 50);
});

function* first<T>(count: number, items: Iterable<T>): Generator<T> {
  let taken = 0;
  for (const item of items) {
    yield item;
    if (++taken === count) return;
  }
}

const commands = (sending: fc.Arbitrary<Sending>): fc.Arbitrary<readonly Command[]> =>
  fc.array(commandsOf(sending), { minLength: 1, maxLength: 60, size: "max" });

/** Two worlds of the same ids and clocks. */
class World {
  readonly #fixture = aDirectory();
  readonly directory: QueueDirectory = this.#fixture.directory;
  readonly commands: QueueCommands;
  readonly #answers: unknown[] = [];

  constructor(settings: Partial<QueueSettings>) {
    this.commands = new QueueCommands(this.directory, { visibilityTimeoutMs: 5 * SECOND, ...settings });
  }

  run(command: Command): unknown {
    const answer = this.commands.run(command, this.#answers);
    this.#answers.push(answer);
    this.#fixture.clock.advance(700);
    return answer;
  }

  *queues(): Generator<Queue> {
    for (const name of NAMES) {
      const queue = this.directory.in(SCOPE).find(name);
      if (queue !== undefined) yield queue;
    }
  }
}

const kinds = [
  {
    kind: "standard",
    settings: {},
    sending: fc.record({
      groupId: fc.constantFrom("a", "a", "b", undefined),
      delayMs: fc.constantFrom(undefined, 1000),
    }),
  },
  {
    kind: "FIFO",
    settings: { isFifo: true, contentBasedDeduplication: true },
    sending: fc.record({ groupId: fc.constantFrom("a", "a", "b", "c") }),
  },
] as const;

describe.for(kinds)("whatever was done to $kind queues", ({ settings, sending }) => {
  test("every message is listed once, the counts agree, and any place leads on to the rest", () => {
    fc.assert(
      fc.property(commands(sending), (steps) => {
        const world = new World(settings);
        for (const step of steps) attempt(() => world.run(step));
        for (const queue of world.queues()) {
          const all = [...queue.look().messages()];
          expect(new Set(all.map(({ message }) => message.key)).size).toBe(all.length);
          const count = (...states: string[]) => all.filter(({ state }) => states.includes(state)).length;
          expect(queue.counts).toEqual({
            visible: count("visible", "held"),
            inFlight: count("inFlight"),
            delayed: count("delayed"),
          });
          all.forEach(({ place }, index) => {
            expect(listed(queue, place)).toEqual(all.slice(index + 1).map(shown));
          });
          if (settings === kinds[0].settings) continue; // whose tenants turn noisy while they receive
          queue.configure({ ...queue.settings, redrive: undefined }, {});
          const next = all.filter(({ state }) => state === "visible").slice(0, 10);
          expect(receive(queue)).toEqual(next.map(({ message }) => message.body));
        }
      }),
    );
  });

  test("to look changes nothing that comes after", () => {
    fc.assert(
      fc.property(commands(sending), (steps) => {
        const [looked, left] = [new World(settings), new World(settings)];
        for (const step of steps) {
          for (const queue of looked.queues()) listed(queue);
          expect(attempt(() => looked.run(step))).toEqual(attempt(() => left.run(step)));
        }
      }),
    );
  });
});

function attempt(deed: () => unknown): unknown {
  try {
    return deed();
  } catch (cause) {
    return String(cause);
  }
}
