import type { Stack, StackContent, StackStatus } from "../../../engine/stack/stack.ts";
import type { Stacks } from "../../../engine/stack/stacks.ts";
import type { Operate } from "../../../provisioning/operate.ts";
import type { Outcome } from "../../../provisioning/resource/apply/application.ts";
import { applyPlan } from "../../../provisioning/resource/apply/apply-plan.ts";
import { typeNamed } from "../../../provisioning/resource/types.ts";
import { type Plan, planOf } from "../../../provisioning/template/plan/plan.ts";
import type { Preparation } from "../template/preparation.ts";
import type { WorkOnStack } from "../work/work-on-stack.ts";
import { appliedStack, type DeployerDeps } from "./applied-stack.ts";
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
  readonly token?: string | undefined;
  /** Scheme and authority the caller used, for URLs of resources. */
  readonly origin: string;
}

/** How something is done to a stack. */
interface Run {
  readonly story: Story;
  readonly work: WorkOnStack;
  readonly signal: AbortSignal;
}

/** Carries out what becomes of stacks, and tells of it in AWS's sequence of events. */
export class Deployer {
  readonly deps: DeployerDeps;
  /** What is under way, by the id of the stack. */
  readonly #running = new Map<string, AbortController>();
  /** Whoever wants to know that the work on a stack has to wait, by the id of the stack. */
  readonly #tellWaiting = new Map<string, () => void>();

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
  async run(deployment: Deployment): Promise<void> {
    const { stack } = deployment;
    const controller = new AbortController();
    this.#running.set(stack.id, controller);
    const work = this.deps.works.begin(stack.id, () => this.#tellWaiting.get(stack.id)?.());
    try {
      await this.#run(deployment, { story: STORIES[deployment.story], work, signal: controller.signal });
    } finally {
      work.end();
      this.#running.delete(stack.id);
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
    const waiting = new Promise<void>((resolve) => this.#tellWaiting.set(stackId, resolve));
    try {
      await Promise.race([over, waiting]);
    } finally {
      isAnswered = true;
      this.#tellWaiting.delete(stackId);
    }
  }

  /** Has what is under way be undone. Returns whether something was. */
  cancel(stackId: string): boolean {
    const controller = this.#running.get(stackId);
    controller?.abort();
    return controller !== undefined;
  }

  async #run(deployment: Deployment, { story, work, signal }: Run): Promise<void> {
    const { stacks, stack, plan, preparation, keepsFailed = false, retained = [], token, origin } = deployment;
    const { ids, pause, callbacksFor, unknown } = this.deps;
    const { account } = stacks.scope;
    const operate: Operate = (service, operation, input, place) =>
      this.deps.operate(service, operation, input, { ...place, origin, stackId: stack.id });
    const notifier = new Notifier(operate, stacks, stack);
    const move = (status: StackStatus, reason?: string): void => {
      stacks.move(stack.id, { status, ...(reason !== undefined && { reason }) }, token);
      notifier.notify();
    };
    const outcome = await applyPlan(
      plan,
      {
        ...{ operate, ids, pause, scope: stacks.scope, stack: { id: stack.id, name: stack.name } },
        attend: (logicalId, task) =>
          work.attend(logicalId, ({ wait, waitForAnswer }) =>
            task({ wait, callbacks: callbacksFor({ account, origin, wait: waitForAnswer }) }),
          ),
        ...{ typeNamed, unknown },
        observer: {
          resource: ({ properties, ...event }) => {
            stacks.tell(stack.id, {
              ...event,
              ...(properties && { properties: JSON.stringify(properties) }),
              ...(token !== undefined && { token }),
            });
            notifier.notify();
          },
          phase: (phase, reason) => {
            const isUndone = phase === "rollback";
            const status = isUndone ? story.undoing : story.cleaning;
            if (status !== undefined) move(status, isUndone ? undoneReason(reason, story, stack) : reason);
            if (isUndone) story = { ...story, cleaning: story.cleaningUndone };
          },
        },
        dynamicValue: new StoredValues(operate, stacks.scope).dynamicValue,
      },
      {
        ...{ keepsFailed, retained, signal, flaw: preparation?.flaw },
        refuseOutputs: (outputs) => exportFlaw(stacks, stack, outputs),
      },
    );
    stacks.settle(stack.id, contentAfter(deployment, preparation, outcome));
    const status = story.outcomes[outcome.status];
    move(status, outcome.status === "rolledBack" ? undefined : outcome.reason);
    await notifier.done();
  }
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
