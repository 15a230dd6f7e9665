import type { CallOptions, Client, ListInputs } from "./client.ts";
import type { AnswerAt, InputsAt } from "./control-table.ts";
import type { Expected } from "./expected.ts";
import { FaultsHandle } from "./faults.ts";
import { nameGiven, refuseStrangers } from "./options.ts";
import { QueueHandle } from "./queue.ts";
import { StreamHandle } from "./stream.ts";
import { TopicHandle } from "./topic.ts";
import {
  expectNone,
  type Instant,
  isoOf,
  type MessageOptions,
  until,
  untilMessages,
  type WaitedMessage,
  type WaitOptions,
} from "./waiting.ts";

/** What is done differently in the process of the emulator and from afar. */
interface Ways<Clock, Done> {
  clock(account: string | undefined): Clock;
  reset(account: string | undefined): Done;
}

/** Where a queue, a topic or a stream is, when its name alone does not say. */
interface Where {
  readonly region?: string;
}

interface ForkOptions extends CallOptions {
  /** The account that is copied. */
  readonly from?: string;
}

interface DocumentOptions extends CallOptions {
  /** Whether secrets are in it, such as values of SecureString parameters. */
  readonly withSecrets?: boolean;
}

type Filter<
  Path extends
    | "calls"
    | "history"
    | "outbox"
    | "deliveries"
    | "invocations"
    | "event-source-mappings"
    | "function-events",
> = Partial<Omit<ListInputs<Path>, "account" | "since">>;

interface Since {
  /** From when on: an instant, or one in ISO 8601. */
  readonly since?: Instant;
}

/**
 * What a test does with an emulator beside AWS's API, of one account or of all: the control routes, with their words. Whatever they
 * refuse throws WaystationError with the sentence they say.
 */
export class TestFixture<Clock, Done> {
  /** What goes wrong on purpose. */
  readonly faults: FaultsHandle;
  readonly #client: Client;
  readonly #ways: Ways<Clock, Done>;

  constructor(client: Client, ways: Ways<Clock, Done>) {
    this.#client = client;
    this.#ways = ways;
    this.faults = new FaultsHandle(client);
  }

  /** The same of one account alone: its queues, its time, its faults. */
  account(id: string): TestFixture<Clock, Done> {
    return new TestFixture(this.#client.of(id), this.#ways);
  }

  /** A queue by name, URL or ARN. It need not be there yet. */
  queue(queue: string, where: Where = {}): QueueHandle {
    return new QueueHandle(this.#client, { ...where, queue: nameGiven("queue", queue) });
  }

  /** A topic by name or ARN. It need not be there yet. */
  topic(topic: string, where: Where = {}): TopicHandle {
    return new TopicHandle(this.#client, { ...where, topic: nameGiven("topic", topic) });
  }

  /** A Kinesis stream by name or ARN. It need not be there yet. */
  stream(stream: string, where: Where = {}): StreamHandle {
    return new StreamHandle(this.#client, { ...where, stream: nameGiven("stream", stream) });
  }

  /**
   * The clock of an account, to be frozen and advanced, or of every account and those still to come. It can be kept: a reset puts it
   * back on the machine's time. Throws UsageError when there can be no such account.
   */
  clock(account: string | undefined = this.#client.scope.account): Clock {
    return this.#ways.clock(account);
  }

  /** Forgets everything, or everything of one account. Throws UsageError when there can be no such account. */
  reset(account: string | undefined = this.#client.scope.account): Done {
    return this.#ways.reset(account);
  }

  /** What is due next, and why. */
  async due(filter: { readonly limit?: number } = {}, options?: CallOptions) {
    return (await this.#client.call("GET", "clock/due", { ...filter, ...this.#client.scope }, options)).due;
  }

  /** Moves time forward to what is due next, and says what that was. */
  async advanceToNext(options?: CallOptions) {
    return this.#client.call("POST", "clock/advance-to-next", this.#client.scope, options);
  }

  /** Waits until nothing is under way between services, and nothing is due now. */
  async settled(options?: WaitOptions): Promise<void> {
    await until(this.#client, { until: "settled" }, options);
  }

  /** Waits for a message anywhere, and gives it. */
  async waitForMessage(expected?: Expected, options?: MessageOptions): Promise<WaitedMessage> {
    const [message] = await untilMessages(this.#client, { expected }, options);
    return message as WaitedMessage; // it waited for one
  }

  /** Has time pass without such a message anywhere. Throws WaystationError as soon as there is one. */
  async expectNoMessage(expected?: Expected, options?: MessageOptions): Promise<void> {
    await expectNone(this.#client, { expected }, options);
  }

  /** All queues, with their settings and counts. */
  async queues(where: Where = {}, options?: CallOptions) {
    return this.#client.list(["queues", "queues"], this.#whoseIn(where), options);
  }

  /** All topics, with how many subscriptions they have. */
  async topics(where: Where = {}, options?: CallOptions) {
    return this.#client.list(["topics", "topics"], this.#whoseIn(where), options);
  }

  /** All streams, with their shards. */
  async streams(where: Where = {}, options?: CallOptions) {
    return this.#client.list(["streams", "streams"], this.#whoseIn(where), options);
  }

  /** All Lambda functions, with their settings, versions and event sources. */
  async functions(where: Where = {}, options?: CallOptions) {
    return this.#client.list(["functions", "functions"], this.#whoseIn(where), options);
  }

  /** All event source mappings, with what came of them: those of a function, or of a queue or stream. */
  async eventSourceMappings(filter: Filter<"event-source-mappings"> = {}, options?: CallOptions) {
    return this.#client.list(["event-source-mappings", "mappings"], { ...filter, ...this.#client.scope }, options);
  }

  /** All dead-letter queues, with what sends to them and their first messages. */
  async deadLetters(where: Where = {}, options?: CallOptions) {
    return this.#client.list(["dead-letters", "deadLetterQueues"], this.#whoseIn(where), options);
  }

  /** The calls of AWS's APIs with what became of them, oldest first. */
  async calls({ since, ...filter }: Filter<"calls"> & Since = {}, options?: CallOptions) {
    return this.#client.list(["calls", "calls"], { ...filter, since: isoOf(since), ...this.#client.scope }, options);
  }

  /** What happened, step by step, oldest first. */
  async history({ since, ...filter }: Filter<"history"> & Since = {}, options?: CallOptions) {
    return this.#client.list(["history", "steps"], { ...filter, since: isoOf(since), ...this.#client.scope }, options);
  }

  /** Tells where a message, a publish or a record is and why, in a sentence, and how it came there. */
  async explain(message: string, where: Where = {}, options?: CallOptions): Promise<AnswerAt<"GET", "explain">> {
    return this.#client.call("GET", "explain", { ...this.#whoseIn(where), message }, options);
  }

  /** What is likely to be a mistake, with evidence and advice. */
  async report(where: Where = {}, options?: CallOptions) {
    return this.#client.list(["report", "findings"], this.#whoseIn(where), options);
  }

  /**
   * Has what happens recorded from now on, or not any more, and with `inputs` what is sent with each call, which costs more. It is
   * recorded from the start unless `createEmulator` was told not to.
   */
  async recordHistory(recording: boolean, { inputs, ...options }: CallOptions & { readonly inputs?: boolean } = {}) {
    return this.#client.call("POST", "history", { recording, inputs }, options);
  }

  /** Mails, text messages and pushes that would have left the machine, oldest first. */
  async outbox(filter: Filter<"outbox"> = {}, options?: CallOptions) {
    return this.#client.list(["outbox", "messages"], { ...filter, ...this.#client.scope }, options);
  }

  /** Events that wait for Lambda functions, or are being attempted. */
  async functionEvents(filter: Filter<"function-events"> = {}, options?: CallOptions) {
    return this.#client.list(["function-events", "events"], { ...this.#client.scope, ...filter }, options);
  }

  /** What became of SNS messages, attempt by attempt, oldest first. */
  async deliveries(filter: Filter<"deliveries"> = {}, options?: CallOptions) {
    return this.#client.list(["deliveries", "deliveries"], { ...filter, ...this.#client.scope }, options);
  }

  /** How functions were invoked, whoever did, and what came of it, oldest first. */
  async invocations(filter: Filter<"invocations"> = {}, options?: CallOptions) {
    return this.#client.list(["invocations", "invocations"], { ...filter, ...this.#client.scope }, options);
  }

  /** Keeps what there is by that name. */
  async snapshot(name: string, options?: CallOptions): Promise<AnswerAt<"POST", "snapshots">> {
    return this.#client.call("POST", "snapshots", { ...this.#client.scope, name }, options);
  }

  /** Brings back what a snapshot holds, or a document; what there is now is forgotten. */
  async restore(world: string | { readonly document: string }, options?: CallOptions): Promise<void> {
    const given = typeof world === "string" ? { name: world } : { ...world };
    await this.#client.call("POST", "snapshots/restore", { ...this.#client.scope, ...given }, options);
  }

  /** The snapshots there are. */
  async snapshots(options?: CallOptions) {
    return (await this.#client.call("GET", "snapshots", {}, options)).snapshots;
  }

  /** Forgets a snapshot. */
  async deleteSnapshot(name: string, options?: CallOptions): Promise<void> {
    await this.#client.call("DELETE", "snapshots", { name }, options);
  }

  /**
   * A snapshot as text, or what there is now: a line for each entry, to be compared, edited and restored. Secrets are left out unless
   * they are wanted.
   */
  async document(name?: string, chosen: DocumentOptions = {}): Promise<string> {
    refuseStrangers(chosen, ["withSecrets", "signal"]);
    const { withSecrets, ...options } = chosen;
    return this.#client.call("GET", "snapshots/document", { ...this.#client.scope, name, withSecrets }, options);
  }

  /** Copies everything of an account, this one unless another is given, into one that has nothing yet. */
  async fork(to: string, chosen: ForkOptions = {}): Promise<void> {
    refuseStrangers(chosen, ["from", "signal"]);
    const { from, ...options } = chosen;
    const given = { from: from ?? this.#client.scope.account, to };
    await this.#client.call("POST", "fork", given as InputsAt<"POST", "fork">, options);
  }

  #whoseIn(where: Where) {
    return { ...where, ...this.#client.scope };
  }
}
