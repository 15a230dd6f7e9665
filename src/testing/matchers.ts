import type { Expected } from "./expected.ts";
import { QueueHandle } from "./queue.ts";
import { StreamHandle } from "./stream.ts";
import { TopicHandle } from "./topic.ts";
import {
  expectNone,
  type MessageOptions,
  type Target,
  until,
  untilMessages,
  type WaitOptions,
  type WantedMessages,
} from "./waiting.ts";
import { WaystationError } from "./waystation-error.ts";

type Handle = QueueHandle | TopicHandle | StreamHandle;

/** What vitest and jest tell a matcher. */
interface MatcherState {
  /** Whether it stands behind `.not`. */
  readonly isNot?: boolean;
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

interface MessagesOptions extends Omit<MessageOptions, "event"> {
  /** How many messages there have to be at least; one unless given. */
  readonly count?: number;
}

/**
 * The matchers as types, for `expect` to have them.
 *
 * @example
 * // In TypeScript, beside `expect.extend(waystationMatchers)`, in a project with vitest:
 * //   declare module "vitest" {
 * //     interface Matchers<T = any> extends WaystationMatchers<T> {}
 * //   }
 * // and with jest: declare global { namespace jest { interface Matchers<R> extends WaystationMatchers<R> {} } }
 * import { waystationMatchers } from "waystation/testing";
 *
 * if (typeof waystationMatchers.toHaveMessage !== "function") throw new Error("no such matcher");
 */
export interface WaystationMatchers<R = unknown> {
  /** A message that matches was sent to the queue, published to the topic or put into the stream. Behind `.not`, none was or will be `within`. */
  toHaveMessage(expected?: Expected, options?: MessagesOptions): Promise<R>;
  /** Somebody received a message of the queue that matches. */
  toHaveReceived(expected?: Expected, options?: MessagesOptions): Promise<R>;
  /** Somebody deleted a message of the queue that matches. */
  toHaveDeleted(expected?: Expected, options?: MessagesOptions): Promise<R>;
  /** A message of the topic that matches reached a subscription. */
  toHaveDelivered(expected?: Expected, options?: MessagesOptions): Promise<R>;
  /** The queue's dead-letter queue holds so many messages; one unless given. */
  toHaveDeadLetters(count?: number, options?: WaitOptions): Promise<R>;
  /** The queue holds no message: none that is visible, in flight or delayed. */
  toBeEmpty(options?: WaitOptions): Promise<R>;
}

type Matchers = {
  readonly [Name in keyof WaystationMatchers]: (
    this: MatcherState,
    received: Handle,
    ...expected: Parameters<WaystationMatchers[Name]>
  ) => Promise<MatcherResult>;
};

/**
 * Matchers for vitest and jest that wait: they pass the moment it holds, and say what is missing when it does not.
 *
 * @example
 * import { createEmulator } from "waystation";
 * import { waystationMatchers } from "waystation/testing";
 *
 * // expect.extend(waystationMatchers); then, in a test:
 * // await expect(emulator.queue("jobs")).toHaveMessage({ json: { id: 7 } }, { within: "5m" });
 * const emulator = await createEmulator();
 * await fetch(`${emulator.endpoint}/?Action=CreateQueue&QueueName=jobs`);
 * const { pass } = await waystationMatchers.toBeEmpty.call({}, emulator.queue("jobs"));
 * if (!pass) throw new Error("it is empty");
 * await emulator.close();
 */
export const waystationMatchers: Matchers = {
  async toHaveMessage(received, expected, options) {
    return messagesMatch(this, received, { event: "sent", expected, ...options });
  },
  async toHaveReceived(received, expected, options) {
    return messagesMatch(this, received, { event: "received", expected, ...options });
  },
  async toHaveDeleted(received, expected, options) {
    return messagesMatch(this, received, { event: "deleted", expected, ...options });
  },
  async toHaveDelivered(received, expected, options) {
    return messagesMatch(this, received, { event: "delivered", expected, ...options });
  },
  async toHaveDeadLetters(received, count, options) {
    return queueMatches(this, received, { until: "dead-lettered", count, options });
  },
  async toBeEmpty(received, options) {
    return queueMatches(this, received, { until: "empty", count: undefined, options });
  },
};

interface Messages extends MessagesOptions, Pick<WantedMessages, "expected"> {
  readonly event: MessageOptions["event"];
}

interface QueueExpectation {
  readonly until: "empty" | "dead-lettered";
  readonly count: number | undefined;
  readonly options: WaitOptions | undefined;
}

/** Behind `.not` it does not wait in real time: what is not there when time has passed is not there. */
async function messagesMatch(
  { isNot = false }: MatcherState,
  received: unknown,
  messages: Messages,
): Promise<MatcherResult> {
  const { client, target } = handleOf(received);
  const { expected, count, ...options } = messages;
  const claim = `The ${nameOf(target)} had ${counted(count, "message")} ${options.event}`;
  if (isNot && (count ?? 1) === 1) {
    return outcomeOf({ claim, isOpposite: true }, () => expectNone(client, { ...target, expected }, options));
  }
  const length = isNot && options.within === undefined ? { timeout: "0s" } : {};
  return outcomeOf({ claim }, () => untilMessages(client, { ...target, expected, count }, { ...options, ...length }));
}

async function queueMatches(
  { isNot = false }: MatcherState,
  received: unknown,
  { until: condition, count, options }: QueueExpectation,
): Promise<MatcherResult> {
  const { client, target } = handleOf(received);
  const length = isNot ? { timeout: "0s", ...options } : options;
  const claim = `The ${nameOf(target)} ${condition === "empty" ? "is empty" : `has ${counted(count, "dead letter")}`}`;
  return outcomeOf({ claim }, () => until(client, { ...target, until: condition, count }, length));
}

interface Question {
  /** What holds then, for whoever said that it does not. */
  readonly claim: string;
  /** Whether it is asked the other way round. */
  readonly isOpposite?: boolean;
}

/** What becomes of an expectation. */
async function outcomeOf({ claim, isOpposite = false }: Question, ask: () => Promise<unknown>): Promise<MatcherResult> {
  try {
    await ask();
    return { pass: !isOpposite, message: () => `${claim}, and was not to.` };
  } catch (cause) {
    if (!(cause instanceof WaystationError) || cause.status !== 409) throw cause;
    return { pass: isOpposite, message: () => cause.message };
  }
}

function counted(count: number | undefined, noun: string): string {
  return count === undefined || count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function nameOf({ queue, topic, stream }: Target): string {
  if (queue !== undefined) return `queue ${queue}`;
  return topic === undefined ? `stream ${stream}` : `topic ${topic}`;
}

/** Throws TypeError when what is given to `expect` is no queue, topic or stream. */
function handleOf(received: unknown): Handle {
  const isHandle =
    received instanceof QueueHandle || received instanceof TopicHandle || received instanceof StreamHandle;
  if (isHandle) return received;
  throw new TypeError('expect() takes what emulator.queue("…"), .topic("…") or .stream("…") gives.');
}
