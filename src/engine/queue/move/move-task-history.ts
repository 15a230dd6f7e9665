import type { MoveTaskEvent, MoveTaskStarted } from "../events.ts";
import type { MoveTaskKept } from "../kept/kept-events.ts";

/** Tasks remembered per source; AWS lists at most ten. API_ListMessageMoveTasks. */
const REMEMBERED = 10;

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
  readonly status: MoveTaskKept["status"];
  /** The code of what made it fail. */
  readonly failureReason: string | undefined;
}

type ChangingTask = { -readonly [Name in keyof MoveTask]: MoveTask[Name] };

/** The message move tasks of one account and region. Only events change it. */
export class MoveTaskHistory {
  readonly #bySource = new Map<string, ChangingTask[]>();

  /** The source's tasks, newest first. */
  of(sourceArn: string): readonly MoveTask[] {
    return this.#bySource.get(sourceArn) ?? [];
  }

  /** At most one task of a source is active: the newest. */
  activeOf(sourceArn: string): MoveTask | undefined {
    const newest = this.#bySource.get(sourceArn)?.[0];
    return newest?.status === "RUNNING" || newest?.status === "CANCELLING" ? newest : undefined;
  }

  /** The tasks that are active. Looks at every source that ever had one. */
  *active(): Generator<MoveTask, void, void> {
    for (const sourceArn of this.#bySource.keys()) {
      const task = this.activeOf(sourceArn);
      if (task !== undefined) yield task;
    }
  }

  find(sourceArn: string, taskId: string): MoveTask | undefined {
    return this.of(sourceArn).find((task) => task.taskId === taskId);
  }

  /** The sources of tasks. */
  sources(): Iterable<string> {
    return this.#bySource.keys();
  }

  /** The events that build the same, each with its source. */
  *kept(): Generator<readonly [sourceArn: string, event: MoveTaskKept], void, void> {
    for (const [source, tasks] of this.#bySource) {
      for (const { sourceArn: _, startedAt: at, ...task } of tasks.toReversed()) {
        yield [source, { type: "moveTaskKept", at, ...task }];
      }
    }
  }

  apply(sourceArn: string, event: MoveTaskEvent): void {
    if (event.type === "moveTaskStarted") return this.#start(sourceArn, event);
    if (event.type === "moveTaskKept") return this.#keep(sourceArn, event);
    const task = this.#bySource.get(sourceArn)?.find(({ taskId }) => taskId === event.taskId);
    if (task === undefined) return;
    if (event.type === "moveTaskMoved") task.moved++;
    else if (event.type === "moveTaskCancelled") task.status = "CANCELLING";
    else {
      task.status = event.status;
      task.failureReason = event.failureReason;
    }
  }

  /** Forgets the tasks of a queue that is deleted. */
  forget(sourceArn: string): void {
    this.#bySource.delete(sourceArn);
  }

  #start(sourceArn: string, { taskId, destinationArn, perSecond, toMove, at }: MoveTaskStarted): void {
    const facts = { taskId, sourceArn, destinationArn, perSecond, toMove, startedAt: at };
    this.#add({ ...facts, moved: 0, status: "RUNNING", failureReason: undefined });
  }

  #keep(sourceArn: string, { type: _, at: startedAt, ...facts }: MoveTaskKept): void {
    const { destinationArn, perSecond, failureReason } = facts;
    this.#add({ ...facts, destinationArn, perSecond, failureReason, sourceArn, startedAt });
  }

  #add(task: ChangingTask): void {
    const { sourceArn } = task;
    this.#bySource.set(sourceArn, [task, ...(this.#bySource.get(sourceArn) ?? [])].slice(0, REMEMBERED));
  }
}
