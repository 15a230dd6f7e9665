import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry, PlainEvent } from "../../src/kernel/event/event-log.ts";
import type { Clock } from "../../src/kernel/time/clock.ts";
import { throughJson } from "../support/through-json.ts";
import { type ReplayDeps, registerReplaySuite } from "./replay-suite.ts";

/** The least an engine can be: notes, each with an id, and the time of the last one. */
class Notes {
  readonly #clock: Clock;
  readonly #deps: ReplayDeps;
  readonly byId = new Map<string, string>();
  lastAt = 0;

  constructor(deps: ReplayDeps) {
    this.#deps = deps;
    this.#clock = deps.clock;
  }

  add(text: string): string {
    const event = { type: "added", at: this.#clock.now(), id: this.#deps.ids.uuid(), text };
    this.apply(event);
    this.#deps.logs.of("000000000000").append([{ resource: "notes", event }]);
    return event.id;
  }

  entries(): readonly Entry[] {
    return Array.from(this.byId, ([id, text]) => {
      return { resource: "notes", event: { type: "added", at: this.lastAt, id, text } as PlainEvent };
    });
  }

  apply(event: PlainEvent): void {
    const { id, text } = event as PlainEvent & { readonly id: string; readonly text: string };
    this.byId.set(id, text);
    this.lastAt = event.at;
  }
}

registerReplaySuite({
  name: "an engine that keeps notes",
  commands: fc.string({ maxLength: 3 }),
  start: (deps) => new Notes(deps),
  run: (notes, text, answers) => notes.add(`${answers.length} ${text}`),
  replay: (notes, { event }) => notes.apply(event),
  entries: (notes) => notes.entries(),
  observe: ({ byId, lastAt }) => ({ notes: [...byId], lastAt }),
});

test.for([
  ["bytes", { a: new Uint8Array(1) }, "not plain data at .a: 0"],
  ["a bigint", { a: [1n] }, "not plain data at .a[0]: 1"],
  ["an instant without end", { at: Number.POSITIVE_INFINITY }, "not plain data at .at: Infinity"],
  ["a class", { a: { b: new Map() } }, "not plain data at .a.b: [object Map]"],
  ["a function", [() => 1], "not plain data at [0]: () => 1"],
] as const)("%s in an event is found out", ([, data, message]) => {
  expect(() => throughJson(data)).toThrow(message);
});

test("plain data comes back from JSON as it was", () => {
  expect(throughJson({ a: [1, "2", null, true], b: { c: undefined } })).toEqual({ a: [1, "2", null, true], b: {} });
});
