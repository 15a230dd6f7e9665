import { isDeepStrictEqual } from "node:util";
import type { AppliedResource } from "../../template/plan/applied.ts";
import type { Plan } from "../../template/plan/plan.ts";
import type { AddStep, ModifyStep } from "../../template/plan/step.ts";
import type { ResolvedResource } from "../../template/resolve.ts";
import { Pace } from "../../template/text/limits.ts";
import { jsonOf } from "../../template/value.ts";
import type { ApplyDeps, ApplyOptions, Outcome } from "./application.ts";
import { COST_OF_STEP, Deletion, deleteStack, isRetained, isRetainedUndone } from "./deletion.ts";
import { outputsOf } from "./outputs.ts";
import { refuse, refuseRemovals } from "./refusal.ts";
import { ResourceHandler, type Target } from "./resource-handler.ts";
import { ResourceStory } from "./resource-story.ts";
import { SettledValues } from "./settled-values.ts";

/**
 * Makes, changes and takes away what a plan says, and undoes all of it if something fails. What does not depend on each other is
 * begun together, in the plan's order.
 */
export function applyPlan(plan: Plan, deps: ApplyDeps, options: ApplyOptions = {}): Promise<Outcome> {
  return new PlanRun(plan, deps, options).run();
}

/** A step that went well, and what there was before. */
interface Done {
  readonly before: AppliedResource | undefined;
  readonly after: AppliedResource;
  readonly isReplaced: boolean;
}

class PlanRun {
  readonly #plan: Plan;
  readonly #deps: ApplyDeps;
  readonly #options: ApplyOptions;
  readonly #story: ResourceStory;
  readonly #handler: ResourceHandler;
  readonly #deletion: Deletion;
  readonly #values: SettledValues;
  readonly #pace: Pace;
  /** What is there, by logical id. */
  readonly #present: Map<string, AppliedResource>;
  readonly #done: Done[] = [];
  /** Steps that failed, and what they left nevertheless. */
  readonly #left: Done[] = [];

  constructor(plan: Plan, deps: ApplyDeps, options: ApplyOptions) {
    this.#plan = plan;
    this.#deps = deps;
    this.#options = options;
    this.#story = new ResourceStory(deps);
    this.#handler = new ResourceHandler(deps, plan.tags);
    this.#present = new Map(plan.before?.resources.map((resource) => [resource.logicalId, resource]));
    for (const resource of plan.unchanged) this.#present.set(resource.logicalId, resource);
    this.#values = new SettledValues(this.#present, deps.dynamicValue);
    this.#pace = new Pace(deps.pause);
    this.#deletion = new Deletion(this.#handler, this.#story, this.#pace);
  }

  async run(): Promise<Outcome> {
    if (this.#plan.after === undefined) return deleteStack(this.#plan, this.#deletion, this.#options);
    const { flaw } = this.#options;
    if (flaw === undefined) await this.#runSteps();
    const isUndone = this.#story.hasFailures || this.#isCancelled || flaw !== undefined;
    const outputs = isUndone
      ? { reason: flaw ?? this.#failureText() }
      : outputsOf(this.#plan, this.#values, { deps: this.#deps, options: this.#options });
    if ("reason" in outputs) {
      const staysAsItIs = this.#options.keepsFailed === true && !this.#isCancelled;
      return staysAsItIs ? this.#stopped(outputs.reason) : this.#rollBack(outputs.reason);
    }
    if (this.#plan.before !== undefined) this.#deps.observer.phase("cleanup");
    const left = (await this.#cleanUp()) ? {} : { reason: NOT_ALL_DELETED };
    return { status: "complete", ...left, resources: this.#resources(), outputs: outputs.list };
  }

  get #isCancelled(): boolean {
    return this.#options.signal?.aborted === true;
  }

  /** Begins each step once what it depends on is done; after a failure nothing more is begun. */
  async #runSteps(): Promise<void> {
    refuseRemovals(this.#plan, this.#options, this.#story);
    const running = new Map<string, Promise<void>>();
    for (const step of this.#plan.steps) {
      const needed = step.after.dependsOn.map((id) => running.get(id));
      running.set(step.logicalId, this.#runAfter(needed, step));
    }
    await Promise.all(running.values());
  }

  async #runAfter(needed: readonly (Promise<void> | undefined)[], step: AddStep | ModifyStep): Promise<void> {
    await Promise.all(needed);
    if (this.#pace.isDue(COST_OF_STEP)) await this.#pace.turn();
    if (this.#story.hasFailures) return;
    if (this.#isCancelled) {
      this.#story.note(step.after, step.action === "Add" ? "CREATE" : "UPDATE");
      return;
    }
    await (step.action === "Add" ? this.#add(step) : this.#modify(step));
  }

  async #add(step: AddStep): Promise<void> {
    const target = await this.#targetOf(step, "CREATE");
    if (target !== undefined) await this.#create(target, undefined);
  }

  async #modify(step: ModifyStep): Promise<void> {
    const { before } = step;
    const target = await this.#targetOf(step, "UPDATE", before.physicalId);
    if (target === undefined) return;
    if (this.#options.skipped?.includes(step.logicalId)) return this.#skip(before, target);
    try {
      const isReplaced = this.#handler.isReplaced(before, target);
      if (isReplaced) refuse(before, "Replace", this.#options);
      await (isReplaced ? this.#create(target, before) : this.#update(before, target));
    } catch (cause) {
      this.#keepLeft(target, cause, { before, isReplaced: false });
      this.#story.fail(step.after, "UPDATE", { cause, physicalId: before.physicalId });
    }
  }

  /** AWS: it is said to be updated, and nothing is done. */
  #skip({ failed: _failed, ...before }: AppliedResource, { resource, properties }: Target): void {
    this.#present.set(before.logicalId, this.#withDeclared({ ...before, properties }, resource));
    this.#story.tell(resource, "UPDATE_COMPLETE", { physicalId: before.physicalId, properties });
  }

  /** What the step is to make; undefined when that cannot be, which has been told then. */
  async #targetOf(
    { after }: AddStep | ModifyStep,
    verb: "CREATE" | "UPDATE",
    physicalId = "",
  ): Promise<Target | undefined> {
    try {
      return this.#handler.target(after, await this.#values.properties(after.properties));
    } catch (cause) {
      this.#story.tell(after, `${verb}_IN_PROGRESS`, { physicalId });
      this.#story.fail(after, verb, { cause, physicalId });
      return undefined;
    }
  }

  async #create(target: Target, before: AppliedResource | undefined): Promise<void> {
    const { resource, properties } = target;
    const verb = before === undefined ? "CREATE" : "UPDATE";
    this.#story.tell(resource, `${verb}_IN_PROGRESS`, {
      physicalId: before?.physicalId ?? "",
      properties,
      ...(before !== undefined && { reason: REPLACING }),
    });
    const reason = this.#deps.typeNamed(resource.type).note?.(resource.type) ?? INITIATED;
    let isInitiated = false;
    const initiated = (physicalId: string): void => {
      if (!isInitiated) this.#story.tell(resource, `${verb}_IN_PROGRESS`, { physicalId, properties, reason });
      isInitiated = true;
    };
    try {
      const after = await this.#handler.create(target, { cancelled: this.#options.signal, initiated });
      const { physicalId } = after;
      initiated(physicalId);
      this.#finish({ before, after, isReplaced: before !== undefined });
      this.#story.tell(resource, `${verb}_COMPLETE`, { physicalId, properties });
    } catch (cause) {
      const left = this.#keepLeft(target, cause, { before, isReplaced: before !== undefined });
      this.#story.fail(resource, verb, { cause, physicalId: left ?? before?.physicalId ?? "", properties });
    }
  }

  /** Keeps in mind what a step that failed has left, and says by which physical id it is known. */
  #keepLeft(target: Target, cause: unknown, step: Pick<Done, "before" | "isReplaced">): string | undefined {
    const after = this.#handler.left(target, cause);
    if (after !== undefined) this.#left.push({ ...step, after });
    return after?.physicalId;
  }

  async #update(before: AppliedResource, target: Target): Promise<void> {
    const { resource, properties } = target;
    const { physicalId } = before;
    const isSame = isDeepStrictEqual([before.properties, before.tags], [properties, target.tags]);
    if (isSame && before.failed === undefined) {
      // What others were waiting for has turned out to be the same, or only what no service knows has changed.
      this.#present.set(resource.logicalId, this.#withDeclared(before, resource));
      return;
    }
    refuse(before, "Modify", this.#options);
    this.#story.tell(resource, "UPDATE_IN_PROGRESS", { physicalId, properties });
    const after = await this.#handler.update(before, target);
    this.#finish({ before, after, isReplaced: after.physicalId !== physicalId });
    this.#story.tell(resource, "UPDATE_COMPLETE", { physicalId: after.physicalId, properties });
  }

  #withDeclared(before: AppliedResource, resource: ResolvedResource): AppliedResource {
    const { metadata: _old, ...rest } = before;
    const { dependsOn, deletionPolicy, updateReplacePolicy, metadata } = resource;
    const kept = metadata === undefined ? {} : { metadata: jsonOf(metadata) };
    return { ...rest, dependsOn, deletionPolicy, updateReplacePolicy, ...kept };
  }

  #finish(done: Done): void {
    this.#done.push(done);
    this.#present.set(done.after.logicalId, done.after);
  }

  #failureText(): string {
    return this.#isCancelled ? "Stack update cancelled" : this.#story.failures;
  }

  #resources(): readonly AppliedResource[] {
    return [...this.#present.values()];
  }

  #stopped(reason: string): Outcome {
    for (const { before, after } of this.#left) {
      this.#present.set(after.logicalId, { ...after, failed: before === undefined ? "create" : "update" });
    }
    return { status: "failed", reason, resources: this.#resources(), outputs: undefined };
  }

  /** Takes away what was replaced and is not in the template any more. False if not all went, which is left to itself, as on AWS. */
  async #cleanUp(): Promise<boolean> {
    const replaced = this.#done.flatMap(({ before, after, isReplaced }) =>
      isReplaced && before !== undefined ? [{ ...before, deletionPolicy: after.updateReplacePolicy }] : [],
    );
    const removed = this.#plan.removals.map(({ before }) => before);
    for (const resource of removed) this.#present.delete(resource.logicalId);
    let areGone = true;
    for (const resource of [...replaced.toReversed(), ...removed]) {
      if (!(await this.#deletion.delete(resource, isRetained(resource)))) areGone = false;
    }
    return areGone;
  }

  async #rollBack(reason: string): Promise<Outcome> {
    this.#deps.observer.phase("rollback", reason);
    const begun = [...this.#done, ...this.#left];
    const isFirst = this.#plan.before === undefined;
    if (!isFirst) {
      const flawed: Done[] = [];
      for (const done of begun.toReversed()) if (!(await this.#undo(done))) flawed.push(done);
      if (flawed.length > 0) return this.#halfUndone(begun, flawed);
      this.#deps.observer.phase("cleanup");
    }
    this.#story.dismissUnmade(new Set(this.#left.map(({ after }) => after.logicalId)));
    const made = begun.filter(({ before, isReplaced }) => before === undefined || isReplaced);
    const fresh = new Set(made.flatMap(({ before, after }) => (before === undefined ? [after] : [])));
    const undeleted = await this.#deletion.deleteAll(
      made.map(({ after }) => after),
      (resource) => fresh.has(resource) && isRetainedUndone(resource, this.#options),
    );
    for (const { before, after } of begun) {
      if (before !== undefined) this.#present.set(before.logicalId, before);
      else if (undeleted.includes(after.logicalId)) this.#present.set(after.logicalId, after);
      else this.#present.delete(after.logicalId);
    }
    if (isFirst && undeleted.length > 0) return this.#failed("rollbackFailed", "delete", undeleted);
    return { status: "rolledBack", reason, resources: this.#resources(), outputs: undefined };
  }

  /** AWS: what was made stays until the rollback is continued, which begins with what could not be undone. */
  async #halfUndone(begun: readonly Done[], flawed: readonly Done[]): Promise<Outcome> {
    for (const done of begun) {
      const { before, after, isReplaced } = done;
      const kept: AppliedResource = flawed.includes(done) ? { ...after, failed: "update" } : (before ?? after);
      this.#present.set(after.logicalId, kept);
      if (isReplaced) await this.#deletion.delete(after, false);
    }
    const ids = flawed.map(({ after }) => after.logicalId);
    return this.#failed("rollbackFailed", "update", ids);
  }

  #failed(status: Outcome["status"], verb: string, ids: readonly string[]): Outcome {
    const reason = `The following resource(s) failed to ${verb}: [${ids.join(", ")}]. `;
    return { status, reason, resources: this.#resources(), outputs: undefined };
  }

  /** Makes of a changed resource what it was. */
  async #undo({ before, after, isReplaced }: Done): Promise<boolean> {
    if (before === undefined) return true;
    const { physicalId, properties } = before;
    this.#story.tell(before, "UPDATE_IN_PROGRESS", { physicalId: after.physicalId, properties });
    try {
      const resource = { ...before, metadata: before.metadata };
      if (!isReplaced) await this.#handler.update(after, { resource, properties, tags: before.tags });
    } catch (cause) {
      this.#story.tellFailure(before, "UPDATE_FAILED", { cause, physicalId, properties });
      return false;
    }
    this.#story.tell(before, "UPDATE_COMPLETE", { physicalId, properties });
    return true;
  }
}

const INITIATED = "Resource creation Initiated";
const REPLACING = "Requested update requires the creation of a new physical resource; hence creating one.";
const NOT_ALL_DELETED = "Update successful. One or more resources could not be deleted.";
