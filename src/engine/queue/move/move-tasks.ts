import type { Clock } from "../../../kernel/clock.ts";
import type { Queue } from "../queue.ts";
import { type MoveRequest, MoveRun, type MoveTask } from "./move-task.ts";

/** Tasks remembered per source; AWS lists at most ten. API_ListMessageMoveTasks. */
const REMEMBERED = 10;

/** The message move tasks of one account and region. At most one runs per source. */
export class MoveTasks {
  readonly #clock: Clock;
  readonly #byArn: (arn: string) => Queue | undefined;
  readonly #bySource = new Map<string, MoveRun[]>();

  constructor(clock: Clock, byArn: (arn: string) => Queue | undefined) {
    this.#clock = clock;
    this.#byArn = byArn;
  }

  /** Starts a task and moves what goes at once; none is active for its source. */
  start(request: MoveRequest): MoveTask {
    const run = new MoveRun(request, this.#clock, this.#byArn);
    const runs = [run, ...this.#runsOf(run.sourceArn)].slice(0, REMEMBERED);
    this.#bySource.set(run.sourceArn, runs);
    run.run();
    return run;
  }

  activeFor(source: Queue): MoveTask | undefined {
    return this.#runsOf(source.arn).find((run) => run.isActive);
  }

  /** The source's tasks, newest first. */
  of(sourceArn: string): readonly MoveTask[] {
    return this.#runsOf(sourceArn);
  }

  find(sourceArn: string, taskId: string): MoveTask | undefined {
    return this.#runsOf(sourceArn).find((run) => run.taskId === taskId);
  }

  /** Has the running task end on its next turn; returns how many messages it moved so far. */
  cancel({ sourceArn, taskId }: MoveTask): number {
    const run = this.#runsOf(sourceArn).find((candidate) => candidate.taskId === taskId);
    run?.cancel();
    return run?.moved ?? 0;
  }

  /** Ends and forgets the tasks of a queue that is being deleted. */
  forget(source: Queue): void {
    for (const run of this.#runsOf(source.arn)) run.stop();
    this.#bySource.delete(source.arn);
  }

  /** Stops every task where it stands. */
  close(): void {
    for (const runs of this.#bySource.values()) for (const run of runs) run.stop();
  }

  #runsOf(sourceArn: string): readonly MoveRun[] {
    return this.#bySource.get(sourceArn) ?? [];
  }
}
