import { scopeOfArn } from "../../../kernel/arn.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import { type StackWait, WorkOnStack } from "./work-on-stack.ts";

interface WorkDeps {
  readonly clockOf: (account: string) => Clock;
  /** Has the time of an account stand still until the answer is called. */
  readonly hold: (account: string) => () => void;
}

/** What is being done to stacks, and what they wait for. */
export class WorkOnStacks {
  readonly #deps: WorkDeps;
  readonly #underWay = new Set<WorkOnStack>();

  constructor(deps: WorkDeps) {
    this.#deps = deps;
  }

  /** Something begins to be done to a stack. `waits` is called each time that something of it begins to wait. */
  begin(stackId: string, waits: () => void): WorkOnStack {
    const { account } = scopeOfArn(stackId);
    const work: WorkOnStack = new WorkOnStack(stackId, {
      clock: this.#deps.clockOf(account),
      hold: () => this.#deps.hold(account),
      waits,
      ended: () => this.#underWay.delete(work),
    });
    this.#underWay.add(work);
    return work;
  }

  /** The answers that stacks of an account, or of all, wait for: those first for which they wait the shortest time. */
  waits(account?: string): readonly StackWait[] {
    const ofAccount = [...this.#underWay].filter(
      ({ stackId }) => account === undefined || scopeOfArn(stackId).account === account,
    );
    return ofAccount.flatMap((work) => [...work.waits()]).sort((one, other) => one.until - other.until);
  }
}
