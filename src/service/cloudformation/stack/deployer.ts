import type { Stack, StackContent, StackStatus } from "../../../engine/stack/stack.ts";
import type { Stacks } from "../../../engine/stack/stacks.ts";
import type { Operate } from "../../../provisioning/operate.ts";
import type { Attended, Outcome } from "../../../provisioning/resource/apply/application.ts";
import { applyPlan } from "../../../provisioning/resource/apply/apply-plan.ts";
import { ResourceCancelled } from "../../../provisioning/resource/resource-type.ts";
import { typeNamed } from "../../../provisioning/resource/types.ts";
import { type Plan, planOf } from "../../../provisioning/template/plan/plan.ts";
import type { Preparation } from "../template/preparation.ts";
import type { WorkOnStack } from "../work/work-on-stack.ts";
import { appliedStack, type DeployerDeps } from "./applied-stack.ts";
import { denialOf } from "./denial.ts";
import { exportFlaw } from "./export-flaw.ts";
import { Notifier } from "./notifier.ts";
import { StoredValues } from "./stored-values.ts";
import { STORIES, type Story } from "./story.ts";

/** What is to be done to a stack. */
export interface Deployment {
  readonly stacks: Stacks;
  readonly stack: Stack;
  readonly story: keyof typeof STORIES;
  readonly plan: Plan;
  /** What the stack is afterwards; undefined when it goes. */
  readonly preparation: Preparation | undefined;
  readonly capabilities: readonly string[];
  /** What has been made stays when something fails. */
  readonly keepsFailed?: boolean;
  readonly retained?: readonly string[];
  readonly skipped?: readonly string[] | undefined;
  readonly retainsExceptOnCreate?: boolean | undefined;
  readonly undoesCreation?: boolean | undefined;
  /** The policy that says what may be changed; everything unless given. */
  readonly policy?: string | undefined;
  readonly token?: string | undefined;
  /** Scheme and authority the caller used, for URLs of resources. */
  readonly origin: string;
}

/** Something that is being done to a stack. */
interface Running {
  readonly cancellation: AbortController;
  story: Story;
  token: string | undefined;
  /** Settles when it is over. */
  over: Promise<void>;
}

/** Carries out what becomes of stacks, and tells of it in AWS's sequence of events. */
export class Deployer {
  readonly deps: DeployerDeps;
  /** What is under way, by the id of the stack. */
  readonly #running = new Map<string, Running>();
  /** Those who want to know that the work on a stack has to wait, by the id of the stack. */
  readonly #tellWaiting = new Map<string, Set<() => void>>();

  constructor(deps: DeployerDeps) {
    this.deps = deps;
  }

  /** How a stack goes. */
  removalOf(stack: Stack): Plan {
    return planOf({
      before: appliedStack(stack.content),
      after: undefined,
      tags: stack.content.tags,
      typeNamed,
    });
  }

  /** Does it, and returns when the stack is in a state in which it stays. */
  run(deployment: Deployment): Promise<void> {
    const { stack, story, token } = deployment;
    const running: Running = {
      ...{ cancellation: new AbortController(), story: STORIES[story], token, over: Promise.resolve() },
    };
    this.#running.set(stack.id, running);
    running.over = this.#runToEnd(deployment, running);
    return running.over;
  }

  async #runToEnd(deployment: Deployment, running: Running): Promise<void> {
    const { id } = deployment.stack;
    const work = this.deps.works.begin(id, () => {
      for (const tell of this.#tellWaiting.get(id) ?? []) tell();
    });
    try {
      await this.#run(deployment, running, work);
    } finally {
      work.end();
      this.#running.delete(id);
    }
  }

  /**
   * Returns when what is done to a stack is over, or once it has to wait: whoever asked may be the one who is waited for, and can ask how
   * far it is.
   */
  async overOrWaiting(stackId: string, work: Promise<void>): Promise<void> {
    let isAnswered = false;
    const over = work.catch((cause: unknown) => {
      if (!isAnswered) throw cause;
      this.deps.report(cause);
    });
    const told = this.#tellWaiting.get(stackId) ?? new Set();
    this.#tellWaiting.set(stackId, told);
    let tell = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      tell = resolve;
    });
    told.add(tell);
    try {
      await Promise.race([over, waiting]);
    } finally {
      isAnswered = true;
      told.delete(tell);
      if (told.size === 0) this.#tellWaiting.delete(stackId);
    }
  }

  /** Has what is under way be undone. Returns whether something was. */
  cancel(stackId: string): boolean {
    const running = this.#running.get(stackId);
    running?.cancellation.abort();
    return running !== undefined;
  }

  /** Has a stack that is being made go instead, and returns when that is over. Undefined when nothing is being done to it. */
  abandon(stackId: string, token: string | undefined): Promise<void> | undefined {
    const running = this.#running.get(stackId);
    if (running === undefined) return undefined;
    running.story = STORIES.createDeleted;
    running.token = token;
    running.cancellation.abort();
    return running.over;
  }

  async #run(deployment: Deployment, running: Running, work: WorkOnStack): Promise<void> {
    const {
      stacks,
      stack,
      plan,
      preparation,
      keepsFailed = false,
      retained = [],
      skipped = [],
      policy,
      origin,
    } = deployment;
    const { retainsExceptOnCreate, undoesCreation } = deployment;
    const { ids, pause, callbacksFor, unknown } = this.deps;
    const { account } = stacks.scope;
    const operate: Operate = (service, operation, input, place) =>
      this.deps.operate(service, operation, input, { ...place, origin, stackId: stack.id });
    const notifier = new Notifier(operate, stacks, stack);
    const move = (status: StackStatus, reason?: string): void => {
      stacks.move(stack.id, { status, ...(reason !== undefined && { reason }) }, running.token);
      notifier.notify();
    };
    const outcome = await applyPlan(
      plan,
      {
        ...{ operate, ids, pause, scope: stacks.scope, stack: { id: stack.id, name: stack.name } },
        attend: (logicalId, task, cancelled) =>
          work.attend(logicalId, ({ wait, waitForAnswer }) => {
            const callbacks = callbacksFor({ account, origin, wait: unlessCancelled(waitForAnswer, cancelled) });
            return task({ wait, callbacks, cancelled });
          }),
        ...{ typeNamed, unknown },
        observer: {
          resource: ({ properties, ...event }) => {
            stacks.tell(stack.id, {
              ...event,
              ...(properties && { properties: JSON.stringify(properties) }),
              ...(running.token !== undefined && { token: running.token }),
            });
            notifier.notify();
          },
          phase: (phase, reason) => {
            const { story } = running;
            const isUndone = phase === "rollback";
            const status = isUndone ? story.undoing : story.cleaning;
            if (status !== undefined) move(status, isUndone ? undoneReason(reason, story, stack) : reason);
            if (isUndone) running.story = { ...story, cleaning: story.cleaningUndone };
          },
        },
        dynamicValue: new StoredValues(operate, stacks.scope).dynamicValue,
      },
      {
        ...{ keepsFailed, retained, skipped, retainsExceptOnCreate, undoesCreation },
        ...{ signal: running.cancellation.signal, flaw: preparation?.flaw },
        refuseChange: policy === undefined ? undefined : (change) => denialOf(policy, change),
        refuseOutputs: (outputs) => exportFlaw(stacks, stack, outputs),
      },
    );
    stacks.settle(stack.id, contentAfter(deployment, preparation, outcome));
    const status = running.story.outcomes[outcome.status];
    move(status, outcome.status === "rolledBack" ? undefined : outcome.reason);
    await notifier.done();
  }
}

/** The same wait, which throws ResourceCancelled when the signal aborts. */
function unlessCancelled(wait: Attended["wait"], cancelled: AbortSignal | undefined): Attended["wait"] {
  if (cancelled === undefined) return wait;
  return async (ms, signal) => {
    const isOver = signal === undefined ? cancelled : AbortSignal.any([signal, cancelled]);
    if (!isOver.aborted) await wait(ms, isOver);
    if (cancelled.aborted && !signal?.aborted) throw new ResourceCancelled();
  };
}

/** AWS: of a stack that nobody made but a user, who asked that it goes when it fails. */
function undoneReason(reason: string | undefined, { asked }: Story, { parentId }: Stack): string | undefined {
  return asked === undefined || parentId !== undefined ? reason : `${reason?.trimEnd()} ${asked} requested by user.`;
}

/** What the stack holds when it is done. What failed leaves everything but the resources as it was. */
function contentAfter(
  { stack, capabilities, story, plan }: Deployment,
  made: Preparation | undefined,
  outcome: Outcome,
): StackContent {
  const { resources, outputs = [] } = outcome;
  if (made === undefined) return { ...stack.content, resources };
  const isFirst = story === "create" || story === "createOrDelete";
  if (outcome.status !== "complete" && !isFirst) return { ...stack.content, resources };
  const { resolved, template, parameters } = made;
  const { description } = resolved.declarations;
  return {
    template,
    ...(description !== undefined && { description }),
    ...{ parameters, tags: plan.tags, capabilities, resources },
    imports: outcome.status === "rolledBack" ? [] : resolved.imports,
    outputs: outcome.status === "complete" ? outputs : [],
  };
}
