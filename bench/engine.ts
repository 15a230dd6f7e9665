import type { Queue } from "../src/engine/queue/queue.ts";
import { QueueDirectory } from "../src/engine/queue/queue-directory.ts";
import { EventLogs } from "../src/kernel/event/event-logs.ts";
import { systemIds } from "../src/kernel/ids.ts";
import { scopeOf } from "../src/kernel/scope.ts";
import { Clocks } from "../src/kernel/time/clocks.ts";
import { SystemClock } from "../src/kernel/time/system-clock.ts";

/**
 * Sends, receives and deletes one message at a time, on a queue of the given depth, for so many rounds of so many
 * milliseconds, and prints how many such cycles each round came to per second.
 */
const [depth = 0, rounds = 1, roundMs = 1_000] = process.argv.slice(2).map(Number);

const SENDER = "AIDAAAAAAAAAAAAAAAAAA";
const CYCLES_BETWEEN_LOOKS = 1_000;

function createQueue(): Queue {
  const clocks = new Clocks(new SystemClock());
  const directory = new QueueDirectory({
    logs: new EventLogs(),
    clockOf: (account) => clocks.of(account),
    ids: systemIds,
    rules: { purgeCooldownMs: 0, recreateCooldownMs: 0, attributePropagationMs: 0, inFlightLimit: 120_000 },
  });
  const settings = {
    isFifo: false,
    delayMs: 0,
    maxMessageBytes: 1_048_576,
    retentionMs: 345_600_000,
    receiveWaitMs: 0,
    visibilityTimeoutMs: 30_000,
    redrive: undefined,
    contentBasedDeduplication: false,
    deduplicationScope: "queue",
  } as const;
  return directory.in(scopeOf("000000000000", "us-east-1")).create("bench", { settings, attributes: {}, tags: {} });
}

function cycle(queue: Queue, body: string): void {
  queue.send({ body, senderId: SENDER });
  const [received] = queue.receive({ max: 1 });
  if (received === undefined || queue.delete(received.receipt) !== "deleted")
    throw new Error("A message went missing.");
}

function cyclesPerSecond(queue: Queue): number {
  const body = "m".repeat(256);
  const startedAt = performance.now();
  let cycles = 0;
  let elapsedMs = 0;
  while (elapsedMs < roundMs) {
    for (let count = 0; count < CYCLES_BETWEEN_LOOKS; count++) cycle(queue, body);
    cycles += CYCLES_BETWEEN_LOOKS;
    elapsedMs = performance.now() - startedAt;
  }
  return Math.round((cycles * 1000) / elapsedMs);
}

const queue = createQueue();
for (let index = 0; index < depth; index++) queue.send({ body: `${index}-`.padEnd(256, "m"), senderId: SENDER });
cyclesPerSecond(queue);
const rates = Array.from({ length: rounds }, () => cyclesPerSecond(queue));
console.log(`cycles per second: ${rates.join(" ")}`);
