import { expect, test } from "vitest";
import { engineParts } from "../../src/fixture/world/engine-parts.ts";
import { newEngines } from "../../src/fixture/world/new-engines.ts";
import { Worlds } from "../../src/fixture/world/worlds.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import { bytesInUse } from "../support/heap.ts";
import { aMessage, defaultSettings, stillTime } from "../support/queue.ts";

const FROM = "000000000000";
const MIB = 1024 * 1024;
const MESSAGES = 16;

/** An account with a queue of messages, a MiB each, and worlds to keep of it. */
function aFullQueue(bodyBytes: number) {
  const engines = newEngines();
  const clocks = new Clocks(stillTime);
  const worlds = new Worlds({
    parts: engineParts(engines),
    newParts: () => engineParts(newEngines()),
    clocks,
    reset: (account) => engines.queues.reset(account),
    rebuild: (_account, build) => build(),
    isSettled: () => true,
    standstill: clocks.standstill,
    nextTurn: async () => {},
    now: () => 0,
  });
  const definition = { settings: { ...defaultSettings, maxMessageBytes: MIB }, attributes: {}, tags: {} };
  const queue = engines.queues.in(scopeOf(FROM, "us-east-1")).create("jobs", definition);
  for (let number = 0; number < MESSAGES; number++) {
    queue.send(aMessage(Buffer.alloc(bodyBytes, `${number} `).toString("latin1"), {}));
  }
  return { engines, worlds };
}

test("a snapshot and what it is brought back to share the bodies of messages with the queue", async () => {
  const before = await bytesInUse();
  const { worlds, engines } = aFullQueue(MIB);
  await worlds.snapshot(FROM, "full");
  await worlds.restore("full");
  expect((await bytesInUse()) - before).toBeLessThan(1.5 * MESSAGES * MIB);
  expect(engines.queues.in(scopeOf(FROM, "us-east-1")).find("jobs")?.counts.visible).toBe(MESSAGES);
});

test("forks share the bodies of messages, and cost little beside them", async () => {
  const { worlds, engines } = aFullQueue(MIB);
  const before = await bytesInUse();
  const accounts = Array.from({ length: 100 }, (_, number) => String(500_000_000_000 + number));
  for (const account of accounts) await worlds.fork(FROM, account);
  expect((await bytesInUse()) - before).toBeLessThan(100 * 64 * 1024);
  for (const account of accounts) {
    expect(engines.queues.in(scopeOf(account, "us-east-1")).find("jobs")?.counts.visible).toBe(MESSAGES);
  }
});
