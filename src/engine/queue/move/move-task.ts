import { Alarm } from "../../../kernel/alarm.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Message } from "../message.ts";
import type { Queue } from "../queue.ts";

/** Longest a task runs. API_StartMessageMoveTask. */
const LONGEST_RUN_MS = 36 * 60 * 60_000;
/** A task without a rate moves so many messages, then lets others have their turn. */
const MESSAGES_PER_TURN = 1_000;
/** Failure reasons are error codes. The first is recorded from AWS, the second is what its console shows. */
const QUEUE_GONE = "AWS.SimpleQueueService.NonExistentQueue";
const SOURCE_UNKNOWN = "CouldNotDetermineMessageSource";

type MoveStatus = "RUNNING" | "COMPLETED" | "CANCELLING" | "CANCELLED" | "FAILED";

/** What a task is asked to do. */
export interface MoveRequest {
  readonly taskId: string;
  readonly source: Queue;
  /** Where the messages go; each to the queue it was dead-lettered from unless given. */
  readonly destinationArn?: string | undefined;
  /** Messages a second; as fast as they go unless given. */
  readonly perSecond?: number | undefined;
}

/** A message move task, as it stands. */
export interface MoveTask {
  readonly taskId: string;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  readonly perSecond: number | undefined;
  readonly startedAt: number;
  /** Messages visible in the source when the task started. */
  readonly toMove: number;
  readonly moved: number;
  readonly status: MoveStatus;
  /** The code of what made it fail. */
  readonly failureReason: string | undefined;
}

/** A task at work. */
export class MoveRun implements MoveTask {
  readonly taskId: string;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  readonly perSecond: number | undefined;
  readonly startedAt: number;
  readonly toMove: number;
  moved = 0;
  status: MoveStatus = "RUNNING";
  failureReason: string | undefined;
  readonly #clock: Clock;
  readonly #source: Queue;
  readonly #byArn: (arn: string) => Queue | undefined;
  readonly #alarm: Alarm;

  constructor(request: MoveRequest, clock: Clock, byArn: (arn: string) => Queue | undefined) {
    this.taskId = request.taskId;
    this.sourceArn = request.source.arn;
    this.destinationArn = request.destinationArn;
    this.perSecond = request.perSecond;
    this.startedAt = clock.now();
    this.toMove = request.source.counts.visible;
    this.#clock = clock;
    this.#source = request.source;
    this.#byArn = byArn;
    this.#alarm = new Alarm(clock, () => this.run());
  }

  get isActive(): boolean {
    return this.status === "RUNNING" || this.status === "CANCELLING";
  }

  /** Moves what is due, then has the clock call for the rest. */
  run(): void {
    if (this.status === "CANCELLING") return this.#end("CANCELLED");
    const due = this.#dueByNow();
    while (this.moved < due) {
      if (!this.#moveOne()) return;
    }
    if (this.moved >= this.toMove) this.#end("COMPLETED");
    else if (this.#clock.now() >= this.startedAt + LONGEST_RUN_MS) this.#end("FAILED", "TaskTimedOut");
    else this.#alarm.set(this.#nextTurn());
  }

  /** Ends the task on its next turn, as AWS does not end it at once either. */
  cancel(): void {
    if (this.status !== "RUNNING") return;
    this.status = "CANCELLING";
    this.#alarm.set(this.#clock.now());
  }

  /** Rings no more; the task stays as it is. */
  stop(): void {
    this.#alarm.set(Number.POSITIVE_INFINITY);
  }

  #end(status: MoveStatus, failureReason?: string): void {
    this.status = status;
    this.failureReason = failureReason;
    this.stop();
  }

  /** How many messages should have been moved by now: the first at the start, then one each fraction of a second. */
  #dueByNow(): number {
    if (this.perSecond === undefined) return Math.min(this.toMove, this.moved + MESSAGES_PER_TURN);
    const elapsedMs = this.#clock.now() - this.startedAt;
    return Math.min(this.toMove, 1 + Math.floor((elapsedMs * this.perSecond) / 1000));
  }

  #nextTurn(): number {
    if (this.perSecond === undefined) return this.#clock.now();
    return this.startedAt + Math.ceil((this.moved * 1000) / this.perSecond);
  }

  /** Moves one message; false when the task ended instead. */
  #moveOne(): boolean {
    const outcome = this.#source.moveNext((message) => this.#deliver(message));
    if (outcome === "moved") this.moved++;
    else if (outcome === "none") this.#end("COMPLETED");
    return outcome === "moved";
  }

  /** Sends the message as a new one to where it belongs; says where, or ends the task. */
  #deliver(message: Message): string | undefined {
    const arn = this.destinationArn ?? message.deadLetterSourceArn;
    const target = arn === undefined ? undefined : this.#byArn(arn);
    if (target === undefined) {
      this.#end("FAILED", arn === undefined ? SOURCE_UNKNOWN : QUEUE_GONE);
      return undefined;
    }
    const { body, senderId, attributes, groupId, traceHeader } = message;
    // A moved message is a new one; by its id no queue that accepted one like it lately takes it for a duplicate.
    const deduplicationId = message.deduplicationId === undefined ? undefined : message.id;
    target.send({ body, senderId, attributes, groupId, deduplicationId, traceHeader, delayMs: 0 });
    return target.arn;
  }
}
