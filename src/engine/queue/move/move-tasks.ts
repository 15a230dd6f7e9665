import { present } from "../../../kernel/present.ts";
import type { Queue } from "../queue.ts";
import { MoveRun, type MoveRunDeps } from "./move-run.ts";
import type { MoveTask, MoveTaskHistory } from "./move-task-history.ts";

/** What a task is asked to do. */
export interface MoveRequest {
  readonly taskId: string;
  readonly source: Queue;
  /** Where the messages go; each to the queue it was dead-lettered from unless given. */
  readonly destinationArn?: string | undefined;
  /** Messages a second; as fast as they go unless given. */
  readonly perSecond?: number | undefined;
}

/** Starts, runs and cancels the message move tasks of one account and region. At most one runs per source. */
export class MoveTasks {
  readonly #history: MoveTaskHistory;
  readonly #deps: MoveRunDeps;
  /** The work on each source's active task; what is done with stays until the next one. */
  readonly #runs = new Map<string, MoveRun>();

  constructor(history: MoveTaskHistory, deps: MoveRunDeps) {
    this.#history = history;
    this.#deps = deps;
  }

  /** Starts a task and moves what goes at once; none is active for its source. */
  start({ taskId, source, destinationArn, perSecond }: MoveRequest): MoveTask {
    const { clock, record } = this.#deps;
    const toMove = source.counts.visible;
    record(source.arn, { type: "moveTaskStarted", at: clock.now(), taskId, destinationArn, perSecond, toMove });
    const task = present(this.#history.activeOf(source.arn), "the task that was started");
    this.#runOf(task, source).run();
    return task;
  }

  activeFor(source: Queue): MoveTask | undefined {
    return this.#history.activeOf(source.arn);
  }

  /** All that are active. */
  active(): Iterable<MoveTask> {
    return this.#history.active();
  }

  /** The source's tasks, newest first. */
  of(sourceArn: string): readonly MoveTask[] {
    return this.#history.of(sourceArn);
  }

  find(sourceArn: string, taskId: string): MoveTask | undefined {
    return this.#history.find(sourceArn, taskId);
  }

  /** Has the running task end on its next turn, as AWS does not end it at once either; returns how many messages it moved so far. */
  cancel({ sourceArn, taskId }: MoveTask): number {
    const task = this.#history.find(sourceArn, taskId);
    if (task?.status === "RUNNING") {
      this.#deps.record(sourceArn, { type: "moveTaskCancelled", at: this.#deps.clock.now(), taskId });
      this.#runs.get(sourceArn)?.goOnLater();
    }
    return task?.moved ?? 0;
  }

  /** Has the tasks that were rebuilt go on. */
  resume(): void {
    for (const sourceArn of this.#history.sources()) {
      const task = this.#history.activeOf(sourceArn);
      const source = this.#deps.byArn(sourceArn);
      if (task !== undefined && source !== undefined) this.#runOf(task, source).goOnLater();
    }
  }

  /** Stops the task of a queue that is being deleted. */
  stop(source: Queue): void {
    this.#runs.get(source.arn)?.stop();
    this.#runs.delete(source.arn);
  }

  /** Stops every task where it stands. */
  close(): void {
    for (const run of this.#runs.values()) run.stop();
  }

  #runOf(task: MoveTask, source: Queue): MoveRun {
    this.#runs.get(source.arn)?.stop();
    const run = new MoveRun(task, source, this.#deps);
    this.#runs.set(source.arn, run);
    return run;
  }
}
