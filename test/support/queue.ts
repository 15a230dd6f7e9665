import type { NewMessage, ReceivedMessage, ReceiveRequest } from "../../src/engine/queue/message.ts";
import type { Queue } from "../../src/engine/queue/queue.ts";
import { QueueDirectory } from "../../src/engine/queue/queue-directory.ts";
import type { Queues } from "../../src/engine/queue/queues.ts";
import type { QueueRules, QueueSettings } from "../../src/engine/queue/settings.ts";
import { EventLogs } from "../../src/kernel/event/event-logs.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import type { Clock } from "../../src/kernel/time/clock.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import type { ControlledClock } from "../../src/kernel/time/controlled-clock.ts";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
/** What the clocks show before anyone advances them. */
export const START = 1_700_000_000_000;
export const ACCOUNT = "000000000000";
export const REGION = "us-east-1";

/** Time that does not pass and rings nobody. */
export const stillTime: Clock = { now: () => START, at: () => () => {} };

/** What AWS gives a queue unless told otherwise. */
export const defaultSettings: QueueSettings = {
  isFifo: false,
  delayMs: 0,
  maxMessageBytes: 1_048_576,
  retentionMs: 4 * 24 * HOUR,
  receiveWaitMs: 0,
  visibilityTimeoutMs: 30 * SECOND,
  redrive: undefined,
  contentBasedDeduplication: false,
  deduplicationScope: "queue",
};

const relaxedRules: QueueRules = {
  purgeCooldownMs: 0,
  recreateCooldownMs: 0,
  attributePropagationMs: 0,
  inFlightLimit: 120_000,
};

export interface DirectoryFixture {
  readonly directory: QueueDirectory;
  /** The queues of the default account and region. */
  readonly queues: Queues;
  /** The default account's clock, frozen. */
  readonly clock: ControlledClock;
  readonly clocks: Clocks;
  readonly logs: EventLogs;
  create(name: string, settings?: Partial<QueueSettings>): Queue;
}

/** A directory without queues, on clocks that stand still. */
export function aDirectory(rules: Partial<QueueRules> = {}): DirectoryFixture {
  const clocks = new Clocks(stillTime);
  const clock = clocks.of(ACCOUNT);
  clock.freeze();
  const logs = new EventLogs();
  const directory = new QueueDirectory({
    clockOf: (account) => clocks.of(account),
    ids: seededIds("test"),
    rules: { ...relaxedRules, ...rules },
    logs,
  });
  const queues = directory.in(scopeOf(ACCOUNT, REGION));
  const create = (name: string, settings: Partial<QueueSettings> = {}): Queue =>
    queues.create(name, { settings: { ...defaultSettings, ...settings }, attributes: {}, tags: {} });
  return { directory, queues, clock, clocks, logs, create };
}

export interface QueueFixture extends DirectoryFixture {
  readonly queue: Queue;
  /** Sets attributes: the present settings with the given ones changed. */
  configure(settings: Partial<QueueSettings>): void;
}

/** A queue in a directory of its own. */
export function aQueue(settings: Partial<QueueSettings> = {}, rules: Partial<QueueRules> = {}): QueueFixture {
  const name = settings.isFifo ? "queue.fifo" : "queue";
  const fixture = aDirectory(rules);
  const queue = fixture.create(name, settings);
  const configure = (changed: Partial<QueueSettings>): void => queue.configure({ ...queue.settings, ...changed }, {});
  return { ...fixture, queue, configure };
}

export function aFifoQueue(settings: Partial<QueueSettings> = {}, rules: Partial<QueueRules> = {}): QueueFixture {
  return aQueue({ isFifo: true, ...settings }, rules);
}

export function aMessage(body: string, rest: Partial<NewMessage> = {}): NewMessage {
  return { body, senderId: "AIDAEXAMPLE", ...rest };
}

/** Sends the bodies one after the other. */
export function send(queue: Queue, bodies: readonly string[], rest: Partial<NewMessage> = {}): void {
  for (const body of bodies) queue.send(aMessage(body, rest));
}

/** The bodies a receive returns, of up to ten messages unless told. */
export function receive(queue: Queue, request: Partial<ReceiveRequest> = {}): readonly string[] {
  return bodiesOf(queue.receive({ max: 10, ...request }));
}

/** Receives one message that has to be there. */
export function receiveOne(queue: Queue, request: Partial<ReceiveRequest> = {}): ReceivedMessage {
  const [received] = queue.receive({ max: 1, ...request });
  if (received === undefined) throw new Error("there is no message to receive");
  return received;
}

/** Waits for messages, for twenty seconds unless told; answers with their bodies. */
export async function poll(
  queue: Queue,
  request: Partial<ReceiveRequest & PollOptions> = {},
): Promise<readonly string[]> {
  const { waitMs = 20 * SECOND, signal = new AbortController().signal, ...rest } = request;
  return bodiesOf(await queue.receiveWhenAvailable({ max: 10, ...rest }, { waitMs, signal }));
}

interface PollOptions {
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

export function bodiesOf(received: readonly ReceivedMessage[]): readonly string[] {
  return received.map(({ message }) => message.body);
}
