import type { Deferred } from "../../../kernel/event/deferred.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { Wait } from "../../receive.ts";
import { WaitingReceives } from "../../waiting-receives.ts";
import type { Ledger } from "../ledger.ts";
import type { LifecycleStatus } from "../lifecycle.ts";
import { countOf, type Tags, withoutTags, withTags } from "../settings.ts";
import type { Shard } from "../shard/shard.ts";
import { type QueueCounts, type QueuePosition, queueCounts, queuePositions } from "./queue-counts.ts";
import { queueDue, type StreamQueueDue } from "./queue-due.ts";
import type { QueueIdentity, QueueSettings, QueueStart } from "./queue-events.ts";
import { type FoundRecord, findRecord, type QueueReceipt } from "./queue-receipt.ts";
import { type QueueReceiveRequest, type ReceivedQueueRecord, receiveRecords } from "./queue-receiving.ts";
import type { QueueState } from "./queue-state.ts";
import type { QueuedRecord } from "./queued-record.ts";

/** What a queue is given beside what its stream shares. */
interface StreamQueueDeps {
  readonly clock: Clock;
  /** Told when somebody begins to wait, so that a record that arrives is offered. */
  readonly waits: (queue: StreamQueue) => void;
  /** Settles once nothing more is due in any queue of the stream. */
  readonly caughtUp: () => Promise<void>;
}

/** A record of the stream as a queue has it. What it began behind counts as acknowledged. */
export type RecordStanding =
  | { readonly state: "unseen" | "acknowledged" }
  | {
      readonly state: "inFlight" | "visible";
      readonly isDead: boolean;
      readonly receiveCount: number;
      /** When it is visible, or since when. */
      readonly visibleAt: number;
    };

/** What became of a record that a receipt names. `unknown`: it does not name the newest receive; `gone`: it is no more. */
export type ReceiptOutcome = "done" | "unknown" | "gone";

/**
 * A queue of a stream. Every command first lets time catch up, then decides, then records what happened. Unless said
 * otherwise one costs O(log n) for each record it is about.
 */
export class StreamQueue {
  readonly #ledger: Ledger;
  readonly #state: QueueState;
  readonly #deps: StreamQueueDeps;
  readonly #waiting: WaitingReceives<QueueReceiveRequest, ReceivedQueueRecord>;

  constructor(state: QueueState, ledger: Ledger, deps: StreamQueueDeps) {
    this.#state = state;
    this.#ledger = ledger;
    this.#deps = deps;
    this.#waiting = new WaitingReceives<QueueReceiveRequest, ReceivedQueueRecord>({
      clock: deps.clock,
      settle: () => this.#catchUp(),
      receive: (request, now) => this.#receive(request, now),
      source: state,
      kindOf: ({ isDead }) => isDead,
    });
  }

  /**
   * Undefined unless more is due than one turn of the event loop takes: then questions find the queue as it was some time ago,
   * and nothing is received, until this settles.
   */
  get lag(): Promise<void> | undefined {
    this.#ledger.settle();
    return this.#state.records.isBehind ? this.#deps.caughtUp() : undefined;
  }

  get identity(): QueueIdentity {
    return this.#state.identity;
  }

  get start(): QueueStart {
    return this.#state.start;
  }

  /** The instant from which on it hands out records, known from its first ACTIVE moment on. */
  get startsAt(): number | undefined {
    this.#ledger.settle();
    return this.#state.startsAt;
  }

  get status(): LifecycleStatus {
    this.#ledger.settle();
    return this.#state.lifecycle.status;
  }

  get isGone(): boolean {
    this.#ledger.settle();
    return this.#state.lifecycle.isGone;
  }

  /** Whether records can be received and what was received be acknowledged. */
  get isDelivering(): boolean {
    const { status } = this;
    return !this.#state.lifecycle.isGone && (status === "ACTIVE" || status === "UPDATING");
  }

  get settings(): QueueSettings {
    return this.#state.settings;
  }

  get tags(): Tags {
    return this.#state.tags;
  }

  get policy(): string | undefined {
    return this.#state.policy;
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Exact, at this instant. Costs O(n) in the segments of the shards' logs. */
  get counts(): QueueCounts {
    this.#ledger.settle();
    return queueCounts(this.#state, this.#ledger.state);
  }

  /** How far it has come in each shard. Costs O(n) in the segments of the shards' logs. */
  get positions(): readonly QueuePosition[] {
    this.#ledger.settle();
    return queuePositions(this.#state, this.#ledger.state);
  }

  /** What falls due in it, in order. Costs O(log n) for each that is taken. */
  upcoming(): Generator<StreamQueueDue, void, void> {
    this.#ledger.settle();
    return queueDue(this.#state, this.#waiting);
  }

  /** What became here of the record of that index, which is in the stream still. */
  recordAt(shard: Shard, index: number): RecordStanding {
    this.#ledger.settle();
    const { records, backlog } = this.#state;
    const record = records.find(shard, index);
    if (record === undefined) return backlog.has(shard, index) ? { state: "unseen" } : { state: "acknowledged" };
    const { isDead, receiveCount, isInFlight } = record;
    return { state: isInFlight ? "inFlight" : "visible", isDead, receiveCount, visibleAt: records.visibleAt(record) };
  }

  /** The next records, or none if there are none now. */
  receive(request: QueueReceiveRequest): readonly ReceivedQueueRecord[] {
    const received = this.#receive(request, this.#ledger.settle());
    if (received.length > 0) this.#catchUp();
    return received;
  }

  /** The next records as soon as there are any; none when that takes too long, or when the queue goes. */
  receiveWhenAvailable(
    request: QueueReceiveRequest,
    wait: Wait,
  ): readonly ReceivedQueueRecord[] | Deferred<readonly ReceivedQueueRecord[]> {
    const received = this.receive(request);
    if (received.length > 0) return received;
    const now = this.#ledger.settle();
    const answer = this.#waiting.wait(request, now, wait);
    this.#deps.waits(this);
    this.serve(now);
    return answer;
  }

  acknowledge(receipt: QueueReceipt): ReceiptOutcome {
    const found = this.#find(receipt);
    // AWS: to acknowledge once more what is acknowledged does no harm.
    if (typeof found === "string") return found === "acknowledged" ? "done" : found;
    this.#change("queueRecordAcknowledged", found);
    return "done";
  }

  /** Has the record be visible again so long after now. */
  changeVisibility(receipt: QueueReceipt, timeoutMs: number): ReceiptOutcome {
    const found = this.#find(receipt);
    if (typeof found === "string") return found === "acknowledged" ? "gone" : found;
    if (!found.isInFlight) return "unknown";
    const at = this.#ledger.settle();
    const { shard, index } = found;
    const visibleAt = at + timeoutMs;
    this.#ledger.record({ type: "queueRecordHidden", at, queue: this.#id, shard: shard.index, index, visibleAt });
    this.#catchUp();
    return "done";
  }

  /** Makes a dead letter a record that nobody has received. */
  restore(receipt: QueueReceipt): ReceiptOutcome {
    const found = this.#find(receipt);
    if (typeof found === "string") return found === "acknowledged" ? "gone" : found;
    if (!found.isDead) return "unknown";
    this.#change("queueRecordRestored", found);
    return "done";
  }

  /** Undoes receives whose answer nobody got. */
  returnUndelivered(received: readonly ReceivedQueueRecord[]): void {
    for (const { receipt } of received) {
      const found = this.#find(receipt);
      if (typeof found !== "string" && found.isInFlight) this.#change("queueRecordReturned", found);
    }
  }

  /** The stream and where to begin cannot be changed. */
  update(settings: QueueSettings): "updating" | "notActive" {
    const at = this.#ledger.settle();
    if (this.#state.lifecycle.status !== "ACTIVE") return "notActive";
    const activeAt = at + this.#ledger.rules.durations.queueMs;
    this.#ledger.record({ type: "queueUpdated", at, activeAt, queue: this.#id, settings });
    this.#catchUp();
    return "updating";
  }

  /** Begins the deletion, if it has not begun. Who waits is answered at once. */
  delete(): void {
    const at = this.#ledger.settle();
    if (this.#state.lifecycle.status === "DELETING") return;
    const goneAt = at + this.#ledger.rules.durations.queueMs;
    this.#ledger.record({ type: "queueDeleted", at, goneAt, queue: this.#id });
    this.dismiss();
  }

  tag(added: Tags): "changed" | "tooMany" | "notActive" {
    const at = this.#ledger.settle();
    if (!this.isDelivering) return "notActive";
    const tags = withTags(this.#state.tags, added);
    if (countOf(tags) > this.#ledger.rules.quotas.tagsPerResource) return "tooMany";
    this.#ledger.record({ type: "queueTagged", at, queue: this.#id, tags });
    return "changed";
  }

  untag(keys: readonly string[]): "changed" | "notActive" {
    const at = this.#ledger.settle();
    if (!this.isDelivering) return "notActive";
    this.#ledger.record({ type: "queueTagged", at, queue: this.#id, tags: withoutTags(this.#state.tags, keys) });
    return "changed";
  }

  /** Replaces the resource policy, or removes it. */
  changePolicy(policy: string | undefined): "changed" | "notActive" {
    const at = this.#ledger.settle();
    if (!this.isDelivering) return "notActive";
    const changed = policy === undefined ? {} : { policy };
    this.#ledger.record({ type: "queuePolicyChanged", at, queue: this.#id, ...changed });
    return "changed";
  }

  /** Answers everyone who waits with nothing. */
  dismiss(): void {
    this.#waiting.dismiss();
  }

  /** Serves those who wait. */
  serve(now: number): void {
    if (this.#state.records.isBehind) return; // once that is over, the stream comes here again
    this.#waiting.serve(now);
  }

  get #id(): string {
    return this.#state.identity.id;
  }

  #receive(request: QueueReceiveRequest, at: number): readonly ReceivedQueueRecord[] {
    if (this.#state.records.isBehind) return [];
    return receiveRecords(request, at, this.#state, this.#ledger);
  }

  #find(receipt: QueueReceipt): FoundRecord {
    this.#ledger.settle();
    return findRecord(receipt, this.#state, this.#ledger.state);
  }

  #change(
    type: "queueRecordAcknowledged" | "queueRecordRestored" | "queueRecordReturned",
    { shard, index }: QueuedRecord,
  ): void {
    const at = this.#ledger.settle();
    this.#ledger.record({ type, at, queue: this.#id, shard: shard.index, index });
    this.serve(at);
  }

  /** Lets happen what is due since something changed, and serves those who wait. */
  #catchUp(): void {
    this.serve(this.#ledger.settle());
  }
}
