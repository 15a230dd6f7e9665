import type { FunctionNotes } from "../../../engine/function/function-notes.ts";
import { MOST_PASSES, mergedTrace, passesThrough } from "../../../engine/function/lineage.ts";
import type { FunctionAnswer, FunctionCall, InvokeFunction } from "../../../engine/invocation.ts";
import { FilterCriteria } from "../../../engine/mapping/filter/filter-criteria.ts";
import type { QueueMapping } from "../../../engine/mapping/mapping.ts";
import type { MappingCounters } from "../../../engine/mapping/mapping-counters.ts";
import type { MappingDue } from "../../../engine/mapping/mapping-due.ts";
import type { ReceivedMessage } from "../../../engine/queue/message.ts";
import type { Queue } from "../../../engine/queue/queue.ts";
import { scopeOfArn } from "../../../kernel/arn.ts";
import type { Ids } from "../../../kernel/ids.ts";
import { Alarm } from "../../../kernel/time/alarm.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import { Batch } from "./batch.ts";
import { Concurrency } from "./concurrency.ts";
import { type QueueWire, queueEvent, queueRecord } from "./queue-event.ts";
import { brokenGroup, settleBatch } from "./settling.ts";
import { ThrottledBatches } from "./throttled-batches.ts";

/** What every source of the kind is given. */
export interface QueueSourceDeps {
  readonly ids: Ids;
  readonly invoke: InvokeFunction;
  /** The queue of that ARN, or undefined when there is none. */
  readonly queueOf: (arn: string) => Queue | undefined;
  readonly follow: (arn: string, follower: { wake(): void }) => () => void;
  /** How long the function may take, or undefined when there is none. */
  readonly timeoutMsOf: (functionArn: string) => number | undefined;
  readonly wire: QueueWire;
  readonly notes: Pick<FunctionNotes, "isHeard" | "tell">;
  /** Tells whoever develops the function of a mistake. */
  readonly warn: (fields: Readonly<Record<string, unknown>>, text: string) => void;
}

/** What one of them is given. */
interface OwnDeps extends QueueSourceDeps {
  readonly clock: Clock;
  readonly counters: MappingCounters;
}

/** AWS: what a receive returns at most. */
const MOST_RECEIVED = 10;
/** So many receives are made in one turn; a later one goes on with what is left. */
const RECEIVES_PER_TURN = 100;
/** AWS: what is added to window and timeout when a queue hides messages for less. */
const MARGIN_MS = 30_000;

/** Has a function invoked with what comes to a queue. It does not poll: the queue wakes it. */
export class QueueSource {
  readonly #deps: OwnDeps;
  #mapping: QueueMapping;
  #criteria: FilterCriteria | undefined;
  readonly #concurrency = new Concurrency();
  readonly #throttled: ThrottledBatches;
  /** Rings when the window ends, or to go on. */
  readonly #alarm: Alarm;
  readonly #closing = new AbortController();
  #gathering: Batch | undefined;
  #windowEndsAt = Number.POSITIVE_INFINITY;
  #underWay = 0;
  /** To receive is to be told, too. */
  #isTaking = false;
  /** Whether a later turn goes on. */
  #isPausing = false;
  #isStopped = false;
  #unfollow: (() => void) | undefined;

  constructor(mapping: QueueMapping, deps: OwnDeps) {
    this.#deps = deps;
    this.#mapping = mapping;
    this.#throttled = new ThrottledBatches(deps.clock);
    this.#alarm = new Alarm(deps.clock, () => this.#ring());
    this.set(mapping);
  }

  /** By whose clock it goes. */
  get account(): string {
    return scopeOfArn(this.#mapping.sourceArn).account;
  }

  /** What it does by time alone beside receiving messages, the first first. */
  upcoming(): readonly MappingDue[] {
    const { sourceArn, functionArn } = this.#mapping;
    const retries = this.#throttled.upcoming().map((at) => ({ at, kind: "retried", sourceArn, functionArn }) as const);
    if (this.#gathering === undefined) return retries;
    const windowEnd = { at: this.#windowEndsAt, kind: "windowEnds", sourceArn, functionArn } as const;
    return [...retries, windowEnd].sort((one, other) => one.at - other.at);
  }

  /** Goes by the mapping from now on; batches under way come to their end as they began. */
  set(mapping: QueueMapping): void {
    this.#mapping = mapping;
    this.#criteria = FilterCriteria.compile(mapping.filters, "body");
    this.#return();
    if (!mapping.isEnabled) this.#rest();
    else this.#unfollow ??= this.#deps.follow(mapping.sourceArn, this);
    this.wake();
  }

  /** Takes nothing more. Batches under way come to their end. */
  stop(): void {
    this.#isStopped = true;
    this.#isPausing = false;
    this.#return();
    this.#rest();
  }

  /** The same, and gives up what is under way. */
  close(): void {
    this.stop();
    this.#closing.abort();
    this.#throttled.close();
  }

  /** Takes what there is and may be invoked with. */
  wake(): void {
    if (this.#isTaking || this.#isPausing || this.#isStopped || !this.#mapping.isEnabled || !this.#hasRoom) return;
    const queue = this.#deps.queueOf(this.#mapping.sourceArn);
    if (queue === undefined) return;
    if (this.#gathering !== undefined && this.#gathering.queue !== queue) this.#gather(undefined);
    this.#isTaking = true;
    this.#take(queue);
    this.#isTaking = false;
  }

  #take(queue: Queue): void {
    for (let count = 0; this.#hasRoom; count++) {
      this.#isPausing = count === RECEIVES_PER_TURN;
      if (this.#isPausing) return this.#alarm.set(this.#deps.clock.now());
      if (!this.#receive(queue)) return;
    }
  }

  get #hasRoom(): boolean {
    if (this.#gathering !== undefined) return true;
    const now = this.#deps.clock.now();
    return this.#underWay < this.#concurrency.limit(this.#underWay, now, this.#mapping.maximumConcurrency);
  }

  /** Receives once, and says whether anything came. */
  #receive(queue: Queue): boolean {
    const { batchSize, windowMs } = this.#mapping;
    const max = Math.min(batchSize - (this.#gathering?.size ?? 0), MOST_RECEIVED);
    const visibilityTimeoutMs = this.#visibilityTimeoutMs(queue);
    const received = queue.receive({ max, visibilityTimeoutMs });
    if (received.length === 0) return false;
    this.#deps.counters.polled += received.length;
    const now = this.#deps.clock.now();
    const batch =
      this.#gathering ?? new Batch(queue, now + (visibilityTimeoutMs ?? queue.settings.visibilityTimeoutMs));
    const tooMany = this.#fill(batch, received);
    if (tooMany.length > 0) queue.returnUndelivered(tooMany);
    if (batch.size === 0) return true;
    if (windowMs === 0 || batch.size >= batchSize || tooMany.length > 0) this.#send(batch);
    else if (this.#gathering === undefined) this.#gather(batch, now + windowMs);
    return true;
  }

  /** AWS: longer than the queue has it when a window and an invocation would take longer. */
  #visibilityTimeoutMs({ settings }: Queue): number | undefined {
    const { windowMs, functionArn } = this.#mapping;
    const takesMs = windowMs + (this.#deps.timeoutMsOf(functionArn) ?? 0);
    return windowMs > 0 && takesMs > settings.visibilityTimeoutMs ? takesMs + MARGIN_MS : undefined;
  }

  /** Puts what the function wants into the batch and deletes what it does not. Returns what finds no room any more. */
  #fill(batch: Batch, received: readonly ReceivedMessage[]): readonly ReceivedMessage[] {
    const { wire, counters } = this.#deps;
    const { queue } = batch;
    const writing = { ...wire, queue, hasWindow: this.#mapping.windowMs > 0 };
    for (const [index, one] of received.entries()) {
      const record = queueRecord(one, writing);
      if (!this.#isWanted(one, record)) {
        counters.filteredOut++;
        this.#note("recordsFiltered", queue, one);
        if (queue.delete(one.receipt) === "deleted") counters.deleted++;
      } else if (!batch.add(one, record)) {
        counters.polled -= received.length - index;
        return received.slice(index);
      } else this.#note("recordsPolled", queue, one);
    }
    return [];
  }

  #note(type: "recordsPolled" | "recordsFiltered", queue: Queue, { message }: ReceivedMessage): void {
    const { notes, clock } = this.#deps;
    if (!notes.isHeard) return;
    const { functionArn } = this.#mapping;
    notes.tell({ type, at: clock.now(), functionArn, source: queue.arn, ids: [message.id] });
  }

  #isWanted({ message }: ReceivedMessage, text: string): boolean {
    const criteria = this.#criteria;
    return criteria === undefined || criteria.acceptsEverything || criteria.accepts({ text, data: message.body });
  }

  /** Has the function invoked with the batch. */
  #send(batch: Batch): void {
    if (batch === this.#gathering) this.#gather(undefined);
    this.#underWay++;
    this.#deps.counters.invoked += batch.size;
    void this.#run(batch, this.#mapping).finally(() => {
      this.#underWay--;
      this.#throttled.tryAgain();
      this.wake();
    });
  }

  async #run(batch: Batch, mapping: QueueMapping): Promise<void> {
    const { functionArn, reportsFailures } = mapping;
    const payload = queueEvent(batch.items.map(({ record }) => record));
    const messageIds = batch.items.map(({ received }) => received.message.id);
    const cause = { kind: "mapping", source: batch.queue.arn, messageIds } as const;
    const traceId = mergedTrace(batch.items.map(({ received }) => received.message.traceHeader));
    const answer = await this.#answer(batch, { functionArn, payload, cause, traceId });
    if (answer === undefined || answer.type === "stopped" || !this.#isThere(batch)) return;
    if (answer.type === "recursive") return this.#runWithoutLoops(batch, mapping, answer.reason);
    if (answer.type === "unreachable") this.#deps.warn({ function: functionArn }, answer.reason);
    const outcome = { payload: answer.type === "answered" ? answer.payload : undefined, reportsFailures };
    const group = brokenGroup(batch, outcome);
    if (group !== undefined) {
      this.#deps.warn(
        { function: functionArn, queue: batch.queue.arn, group },
        "the function reported a message of a FIFO queue as failed but not those of its group that follow: their order is lost",
      );
    }
    settleBatch(batch, outcome, this.#deps.counters);
  }

  /** AWS: what goes in a loop fails, and follows the queue's redrive policy. GAP: what becomes of the others is not known. */
  async #runWithoutLoops(batch: Batch, mapping: QueueMapping, reason: string): Promise<void> {
    const { functionArn } = mapping;
    this.#deps.warn({ function: functionArn, queue: batch.queue.arn }, reason);
    const rest = batch.without(({ message }) => passesThrough(functionArn, message.traceHeader) >= MOST_PASSES);
    this.#deps.counters.failedInvoke += batch.size - rest.size;
    if (rest.size > 0) await this.#run(rest, mapping);
  }

  /** What the function answers in the end; undefined when it was throttled until the messages were visible again. */
  async #answer(
    { visibleAt }: Batch,
    call: Pick<FunctionCall, "functionArn" | "payload" | "cause" | "traceId">,
  ): Promise<FunctionAnswer | undefined> {
    const { ids, invoke } = this.#deps;
    for (let attempt = 0; ; attempt++) {
      const answer = await invoke({ ...call, requestId: ids.uuid() }, this.#closing.signal);
      if (answer.type !== "throttled") return answer;
      if (!(await this.#throttled.wait(attempt, visibleAt))) return undefined;
    }
  }

  #ring(): void {
    this.#isPausing = false;
    const batch = this.#gathering;
    const isOver = this.#deps.clock.now() >= this.#windowEndsAt;
    if (batch !== undefined && isOver && this.#isThere(batch)) this.#send(batch);
    else this.#alarm.set(this.#windowEndsAt);
    this.wake();
  }

  /** Collects messages in the batch, if there is one, until then. */
  #gather(batch: Batch | undefined, windowEndsAt: number = Number.POSITIVE_INFINITY): void {
    this.#gathering = batch;
    this.#windowEndsAt = windowEndsAt;
    if (!this.#isPausing) this.#alarm.set(windowEndsAt);
  }

  /** Whether its queue is. It may have been deleted, and another have taken its place. */
  #isThere({ queue }: Batch): boolean {
    return this.#deps.queueOf(queue.arn) === queue;
  }

  /** Gives back what was gathered: it is visible again and was not received. */
  #return(): void {
    const batch = this.#gathering;
    this.#gather(undefined);
    if (batch === undefined || !this.#isThere(batch)) return;
    batch.queue.returnUndelivered(batch.items.map(({ received }) => received));
  }

  #rest(): void {
    this.#unfollow?.();
    this.#unfollow = undefined;
  }
}
