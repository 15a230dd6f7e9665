import fc from "fast-check";
import type { QueueEntry } from "../../../src/engine/queue/events.ts";
import type { Queue } from "../../../src/engine/queue/queue.ts";
import { QueueDirectory } from "../../../src/engine/queue/queue-directory.ts";
import type { DisorderPort } from "../../../src/engine/queue/receive/disorder.ts";
import type { QueueSettings } from "../../../src/engine/queue/settings.ts";
import { Sweeper } from "../../../src/kernel/time/sweeper.ts";
import { MINUTE, SECOND } from "../../support/queue.ts";
import { registerReplaySuite, type Step } from "../replay-suite.ts";
import { type Command, commandsOf, NAMES, QueueCommands, SCOPE, type Sending } from "./replay-commands.ts";

const rules = { purgeCooldownMs: SECOND, recreateCooldownMs: MINUTE, attributePropagationMs: 1500, inFlightLimit: 50 };

/** Everything a queue shows of itself without giving its messages away. */
function portraitOf(queue: Queue, directory: QueueDirectory): unknown {
  const { id, name, arn, createdAt, settings, attributes, tags, modifiedAt, counts } = queue;
  const queues = directory.in(SCOPE);
  const deadLetters = {
    isFor: queues.isDeadLetterQueue(queue),
    sources: Array.from(queues.deadLetterSources(arn), (source) => source.name),
    moveTasks: queues.moves.of(arn).map((task) => ({ ...task })),
  };
  const messages = Array.from(queue.look().messages(), ({ message, heldBy, ...listed }) => {
    const { id: messageId, body, sentAt, receiveCount } = message;
    return { ...listed, messageId, body, sentAt, receiveCount, heldBy: heldBy?.id };
  });
  return { id, name, arn, createdAt, settings, attributes, tags, modifiedAt, counts, deadLetters, messages };
}

function registerQueues(
  name: string,
  own: Partial<QueueSettings>,
  sending: fc.Arbitrary<Sending>,
  examples: [Step<Command>[], Step<Command>[]][] = [],
): void {
  const settings = { visibilityTimeoutMs: 5 * SECOND, ...own };
  registerReplaySuite(
    {
      name,
      commands: commandsOf(sending),
      start: ({ clock, ids, logs }) => {
        const disorder: DisorderPort = { present: undefined };
        const sweeper = new Sweeper(clock);
        const directory = new QueueDirectory({ clockOf: () => clock, ids, rules, logs, sweeper, disorder });
        return new QueueCommands(directory, settings, disorder);
      },
      run: (queues, command, answers) => queues.run(command, answers),
      replay: ({ directory }, entry) => directory.replay(entry as QueueEntry),
      entries: ({ directory }) => directory.entries(),
      taken: ({ directory }) => directory.taken(),
      resume: ({ directory }) => directory.resume(),
      dismiss: ({ directory }) => {
        for (const queue of directory.in(SCOPE).list()) queue.close();
        directory.resume();
      },
      observe: ({ directory }) => ({
        queues: Array.from(directory.in(SCOPE).list(), (queue) => portraitOf(queue, directory)),
        coolingDown: NAMES.filter((queueName) => directory.in(SCOPE).wasDeletedRecently(queueName)),
      }),
    },
    { maxSteps: 80, examples },
  );
}

const command = (command: Command): Step<Command> => ({ kind: "command", command });
const send = (sending: Sending): Step<Command> =>
  command({ kind: "send", to: "dead-letters", count: 1, form: "plain", sending });

/** A group of which a delayed message is all that is left, and time passes. */
const LEFT_WITH_A_DELAYED_MESSAGE: Step<Command>[] = [
  send({ groupId: "b", delayMs: SECOND }),
  send({ groupId: "b" }),
  command({ kind: "tag", queue: "orders", value: "there" }),
  command({ kind: "move", perSecond: undefined, destination: "orders" }),
  { kind: "pass", ms: MINUTE },
  command({ kind: "cancel" }),
];

const calm = { displacedBy: 0, isRepeated: false, waitMs: undefined };
const receiveOne = (waitMs: number | undefined): Step<Command> => {
  const [mishap, from] = [{ ...calm, waitMs }, "orders" as const];
  return command({ kind: "receive", from, max: 1, visibilityTimeoutMs: undefined, attemptId: undefined, mishap });
};

/** A message whose deletion is missed comes to one who waits, although short polls see nothing of it. */
const MISSED_BY_SHORT_POLLS: Step<Command>[] = [
  command({ kind: "send", to: "orders", count: 1, form: "plain", sending: { groupId: "a" } }),
  receiveOne(SECOND),
  command({ kind: "poll", from: "orders" }),
  command({ kind: "delete", handle: 0, count: 1, mishap: { ...calm, isRepeated: true } }),
  receiveOne(undefined),
];

registerQueues(
  "standard queues",
  {},
  fc.record({
    groupId: fc.constantFrom("a", "a", "a", "b", undefined),
    delayMs: fc.constantFrom(undefined, undefined, SECOND),
  }),
  [
    [LEFT_WITH_A_DELAYED_MESSAGE, []],
    [MISSED_BY_SHORT_POLLS, [{ kind: "look" }]],
  ],
);

registerQueues(
  "FIFO queues",
  { isFifo: true },
  fc.record({ groupId: fc.constantFrom("a", "a", "b", "c"), deduplicationId: fc.constantFrom("1", undefined) }),
);
