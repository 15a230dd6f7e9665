import { Alarm } from "../../../kernel/time/alarm.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { MoveTaskEnded, MoveTaskEvent } from "../events.ts";
import type { Message } from "../message.ts";
import type { Queue } from "../queue.ts";
import type { MoveTask } from "./move-task-history.ts";

/** Longest a task runs. API_StartMessageMoveTask. */
const LONGEST_RUN_MS = 36 * 60 * 60_000;
/** A task without a rate moves so many messages, then lets others have their turn. */
const MESSAGES_PER_TURN = 1_000;
/** Failure reasons are error codes. The first is recorded from AWS, the second is what its console shows. */
const QUEUE_GONE = "AWS.SimpleQueueService.NonExistentQueue";
const SOURCE_UNKNOWN = "CouldNotDetermineMessageSource";

/** What the work on a task needs. */
export interface MoveRunDeps {
  readonly clock: Clock;
  readonly byArn: (arn: string) => Queue | undefined;
  readonly record: (sourceArn: string, event: MoveTaskEvent) => void;
}

/** The work on a task that is active. */
export class MoveRun {
  readonly #task: MoveTask;
  readonly #source: Queue;
  readonly #deps: MoveRunDeps;
  readonly #alarm: Alarm;

  constructor(task: MoveTask, source: Queue, deps: MoveRunDeps) {
    this.#task = task;
    this.#source = source;
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock, () => this.run());
  }

  /** Moves what is due, then has the clock call for the rest. */
  run(): void {
    const task = this.#task;
    if (task.status === "CANCELLING") return this.#end("CANCELLED");
    const due = this.#dueByNow();
    while (task.moved < due) {
      if (!this.#moveOne()) return;
    }
    if (task.moved >= task.toMove) this.#end("COMPLETED");
    else if (this.#deps.clock.now() >= task.startedAt + LONGEST_RUN_MS) this.#end("FAILED", "TaskTimedOut");
    else this.goOnLater();
  }

  /** Has the clock call for what is due next. */
  goOnLater(): void {
    this.#alarm.set(this.#nextTurn());
  }

  /** Rings no more; the task stays as it is. */
  stop(): void {
    this.#alarm.set(Number.POSITIVE_INFINITY);
  }

  #end(status: MoveTaskEnded["status"], failureReason?: string): void {
    const { taskId, sourceArn } = this.#task;
    this.#deps.record(sourceArn, { type: "moveTaskEnded", at: this.#deps.clock.now(), taskId, status, failureReason });
    this.stop();
  }

  /** How many messages should have been moved by now: the first at the start, then one each fraction of a second. */
  #dueByNow(): number {
    const { perSecond, toMove, moved, startedAt } = this.#task;
    if (perSecond === undefined) return Math.min(toMove, moved + MESSAGES_PER_TURN);
    const elapsedMs = this.#deps.clock.now() - startedAt;
    return Math.min(toMove, 1 + Math.floor((elapsedMs * perSecond) / 1000));
  }

  #nextTurn(): number {
    return nextTurnOf(this.#task, this.#deps.clock.now());
  }

  /** Moves one message; false when the task ended instead. */
  #moveOne(): boolean {
    const { taskId, sourceArn } = this.#task;
    const outcome = this.#source.moveNext({
      targetOf: (message) => this.#targetOf(message),
      moved: (at) => this.#deps.record(sourceArn, { type: "moveTaskMoved", at, taskId }),
    });
    if (outcome === "none") this.#end("COMPLETED");
    if (outcome === "later") this.goOnLater();
    return outcome === "moved";
  }

  /** The queue a message belongs to, unless the task ends for want of one. */
  #targetOf(message: Message): Queue | undefined {
    const arn = this.#task.destinationArn ?? message.deadLetterSourceArn;
    const target = arn === undefined ? undefined : this.#deps.byArn(arn);
    if (target === undefined) this.#end("FAILED", arn === undefined ? SOURCE_UNKNOWN : QUEUE_GONE);
    return target;
  }
}

/** When an active task goes on. */
export function nextTurnOf({ perSecond, status, moved, startedAt }: MoveTask, now: number): number {
  if (perSecond === undefined || status === "CANCELLING") return now;
  return startedAt + Math.ceil((moved * 1000) / perSecond);
}
