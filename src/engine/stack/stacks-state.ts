import { type Taken, takenAs } from "../../kernel/collection/taken.ts";
import { present } from "../../kernel/present.ts";
import type { ChangeSet } from "./change-set.ts";
import { isBusy, type Stack } from "./stack.ts";
import type { ChangeSetMove, MoveInstants, StackEvent, StackMove } from "./stack-event.ts";
import { StackHistory } from "./stack-history.ts";

/** A stack and what happened to it. */
export interface KeptStack {
  readonly stack: Stack;
  readonly history: StackHistory;
}

/** Something that other stacks can import. */
export interface StackExport {
  readonly stackId: string;
  readonly name: string;
  readonly value: string;
}

/** All stacks of one account and region. Only events change it. */
export class StacksState {
  /** By id, in the order in which they were created. */
  readonly #stacks = new Map<string, KeptStack>();
  /** Ids of those that are not deleted, by name. */
  readonly #live = new Map<string, string>();
  /** Ids of those to which something is being done. */
  readonly #busy = new Set<string>();
  readonly #changeSets = new Map<string, ChangeSet>();
  readonly #exports = new Map<string, StackExport>();
  /** Ids of the stacks that use an export, by its name. */
  readonly #importers = new Map<string, Set<string>>();

  get isEmpty(): boolean {
    return this.#stacks.size === 0;
  }

  get liveCount(): number {
    return this.#live.size;
  }

  get count(): number {
    return this.#stacks.size;
  }

  get busyCount(): number {
    return this.#busy.size;
  }

  stack(id: string): KeptStack | undefined {
    return this.#stacks.get(id);
  }

  live(name: string): KeptStack | undefined {
    return this.#stacks.get(this.#live.get(name) ?? "");
  }

  stacks(): Iterable<KeptStack> {
    return this.#stacks.values();
  }

  changeSet(id: string): ChangeSet | undefined {
    return this.#changeSets.get(id);
  }

  changeSets(): Iterable<ChangeSet> {
    return this.#changeSets.values();
  }

  export(name: string): StackExport | undefined {
    return this.#exports.get(name);
  }

  exports(): Iterable<StackExport> {
    return this.#exports.values();
  }

  importers(name: string): Iterable<string> {
    return this.#importers.get(name) ?? [];
  }

  /** The events that build the same as it is now, whenever they are read. */
  taken(): Taken<StackEvent> {
    const at = 0;
    const stacks = Array.from(this.#stacks.values(), ({ stack, history }) => ({ stack, ...history.taken() }));
    const changeSets = [...this.#changeSets.values()];
    return takenAs(function* () {
      for (const { stack, lines, resources } of stacks) {
        yield { type: "stackKept", at, stack, lines, resources: [...resources.values()] };
      }
      for (const changeSet of changeSets) yield { type: "changeSetOpened", at, changeSet };
    });
  }

  apply(event: StackEvent): void {
    switch (event.type) {
      case "stackOpened":
        return this.#open(event.stack, new StackHistory([event.line]));
      case "stackKept":
        return this.#open(event.stack, new StackHistory(event.lines, event.resources));
      case "stackMoved":
        present(this.#stacks.get(event.stackId), "a stack").history.add(event.line);
        return this.#set(event.stackId, (stack) => moved(stack, event));
      case "stackResourceMoved":
        return present(this.#stacks.get(event.stackId), "a stack").history.addResource(event.line);
      case "stackContentSet":
        return this.#set(event.stackId, (stack) => ({ ...stack, content: event.content }));
      case "stackProtected":
        return this.#set(event.stackId, (stack) => ({ ...stack, isProtected: event.isProtected }));
      case "stackPolicySet":
        return this.#set(event.stackId, (stack) => ({ ...stack, policy: event.policy }));
      case "stackForgotten":
        this.#stacks.delete(event.stackId);
        this.#busy.delete(event.stackId);
        for (const { id, stackId } of this.#changeSets.values()) {
          if (stackId === event.stackId) this.#changeSets.delete(id);
        }
        return;
      case "changeSetOpened":
        this.#changeSets.set(event.changeSet.id, event.changeSet);
        return;
      case "changeSetMoved":
        return this.#moveChangeSet(event.changeSetId, event);
      case "changeSetDeleted":
        this.#changeSets.delete(event.changeSetId);
        return;
      case "stacksReset":
        for (const kept of [this.#stacks, this.#live, this.#busy]) kept.clear();
        for (const kept of [this.#changeSets, this.#exports, this.#importers]) kept.clear();
    }
  }

  #open(stack: Stack, history: StackHistory): void {
    this.#keep({ stack, history });
    if (stack.status === "DELETE_COMPLETE") return;
    this.#live.set(stack.name, stack.id);
    this.#index(stack);
  }

  #set(id: string, change: (stack: Stack) => Stack): void {
    const { stack: before, history } = present(this.#stacks.get(id), "a stack");
    const stack = change(before);
    this.#keep({ stack, history });
    const isGone = stack.status === "DELETE_COMPLETE";
    if (stack.content === before.content && !isGone) return;
    this.#unindex(before);
    if (!isGone) this.#index(stack);
    else if (this.#live.get(stack.name) === id) this.#live.delete(stack.name);
  }

  #keep(kept: KeptStack): void {
    const { id, status } = kept.stack;
    this.#stacks.set(id, kept);
    if (isBusy(status)) this.#busy.add(id);
    else this.#busy.delete(id);
  }

  #index({ id, content }: Stack): void {
    for (const { exportName: name, value } of content.outputs) {
      if (name !== undefined) this.#exports.set(name, { stackId: id, name, value });
    }
    for (const name of content.imports) {
      const known = this.#importers.get(name);
      if (known === undefined) this.#importers.set(name, new Set([id]));
      else known.add(id);
    }
  }

  #unindex({ id, content }: Stack): void {
    for (const { exportName: name = "" } of content.outputs) {
      if (this.#exports.get(name)?.stackId === id) this.#exports.delete(name);
    }
    for (const name of content.imports) {
      const known = this.#importers.get(name);
      known?.delete(id);
      if (known?.size === 0) this.#importers.delete(name);
    }
  }

  #moveChangeSet(id: string, { status, statusReason, executionStatus, changes, parameters }: ChangeSetMove): void {
    const changeSet = present(this.#changeSets.get(id), "a change set");
    this.#changeSets.set(id, {
      ...changeSet,
      executionStatus,
      ...(status && { status }),
      ...(statusReason && { statusReason }),
      ...(changes && { changes }),
      ...(parameters && { parameters }),
    });
  }
}

function moved(
  stack: Stack,
  { status, reason, settings, changeSetId, updatedAt, deletedAt }: StackMove & MoveInstants,
): Stack {
  const { statusReason: _old, ...rest } = stack;
  const { changeSetId: executed, ...withoutChangeSet } = rest;
  return {
    ...(status === "DELETE_COMPLETE" ? withoutChangeSet : rest),
    status,
    ...(reason !== undefined && { statusReason: reason }),
    ...(settings && { settings }),
    ...(changeSetId !== undefined && { changeSetId }),
    ...(updatedAt !== undefined && { updatedAt }),
    ...(deletedAt !== undefined && { deletedAt }),
  };
}
