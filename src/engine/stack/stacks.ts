import { formatArn } from "../../kernel/arn.ts";
import type { Keeping } from "../../kernel/collection/by-scope.ts";
import { type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import { type ChangeSet, isDone } from "./change-set.ts";
import { NO_CONTENT, type Stack, type StackContent, type StackLine, type StackSettings } from "./stack.ts";
import { AlreadyExists, ChangeSetNotFound, LimitExceeded } from "./stack-errors.ts";
import type { ChangeSetMove, StackEvent, StackMove } from "./stack-event.ts";
import type { StackHistory } from "./stack-history.ts";
import { type KeptStack, type StackExport, StacksState } from "./stacks-state.ts";

interface StacksDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logs: EventLogs;
  readonly kept: Keeping<Stacks>;
  /** The stack that is there without anybody having made it. */
  readonly born?: (scope: Scope) => KeptStack | undefined;
}

/** What a new stack is. */
interface NewStack {
  readonly name: string;
  readonly status: "REVIEW_IN_PROGRESS" | "CREATE_IN_PROGRESS";
  readonly settings: StackSettings;
  readonly isProtected?: boolean;
  readonly parentId?: string;
  readonly rootId?: string;
}

/** Something told of a resource of a stack. */
interface ResourceNews extends Omit<StackLine, "eventId" | "at"> {}

/** AWS: quotas, CloudFormation user guide. */
export const MOST_STACKS = 2000;
/** So many that are deleted can still be asked for. GAP: AWS keeps all of them for 90 days. */
const MOST_DELETED = 500;
/** GAP: AWS's limit is not known. */
const MOST_CHANGE_SETS = 100;

const STACK_TYPE = "AWS::CloudFormation::Stack";

/** The stacks of one account and region, with their change sets, events and exports. */
export class Stacks {
  readonly scope: Scope;
  readonly #deps: StacksDeps;
  readonly #state = new StacksState();
  #born: KeptStack | undefined;

  constructor(scope: Scope, deps: StacksDeps) {
    this.scope = scope;
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.#state.isEmpty;
  }

  /** How many of them something is being done to. */
  get busyCount(): number {
    return this.#state.busyCount;
  }

  /** The stack of that name that is not deleted, or of that id whether it is or not. */
  find(nameOrId: string): Stack | undefined {
    return this.#kept(nameOrId)?.stack;
  }

  /** What happened to it. */
  history(id: string): StackHistory | undefined {
    return this.#kept(id)?.history;
  }

  /** In the order in which they were created, deleted ones among them. Costs what there are. */
  list(): readonly Stack[] {
    return [this.#unmade() ?? [], ...this.#state.stacks()].flat().map(({ stack }) => stack);
  }

  export(name: string): StackExport | undefined {
    return this.#state.export(name);
  }

  /** By name. */
  exports(): readonly StackExport[] {
    return [...this.#state.exports()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Names of the other stacks that use what the stack exports under the name. */
  importers(name: string): readonly string[] {
    return [...this.#state.importers(name)].map((id) => this.#state.stack(id)?.stack.name ?? id).sort();
  }

  /** The change set of that id, or the last of that name on a stack that is not deleted. Throws ChangeSetNotFound. */
  changeSet(nameOrId: string, stack?: Stack): ChangeSet {
    const found = nameOrId.startsWith("arn:")
      ? this.#state.changeSet(nameOrId)
      : this.changeSetsOf(stack?.id ?? "").findLast(({ name }) => name === nameOrId);
    if (found === undefined) throw new ChangeSetNotFound(nameOrId);
    return found;
  }

  changeSetsOf(stackId: string): readonly ChangeSet[] {
    return [...this.#state.changeSets()].filter((changeSet) => changeSet.stackId === stackId);
  }

  /**
   * A stack that is not there yet, so that its template can be resolved. Throws AlreadyExists when there is one of that name, and
   * LimitExceeded when there are too many.
   */
  draft(wanted: NewStack): Stack {
    const { name, status, settings, isProtected = false, parentId, rootId } = wanted;
    this.#refuse(name);
    const id = formatArn("cloudformation", this.scope, `stack/${name}/${this.#deps.ids.uuid()}`);
    return {
      ...{ id, name, createdAt: this.#deps.clock.now(), status, statusReason: USER_INITIATED, isProtected, settings },
      content: NO_CONTENT,
      ...(parentId !== undefined && { parentId }),
      ...(rootId !== undefined && { rootId }),
    };
  }

  /** Has a draft become a stack. Throws as `draft` does. */
  open(stack: Stack, token?: string): void {
    this.#refuse(stack.name);
    this.#forgetOldest();
    const line = this.#stackLine(stack, { status: stack.status, reason: USER_INITIATED }, token);
    this.#record({ type: "stackOpened", at: line.at, stack, line });
  }

  /** Brings a stack into another status and tells of it. */
  move(id: string, { isUpdate, ...move }: StackMove & { readonly isUpdate?: boolean }, token?: string): void {
    this.#make(id);
    const kept = this.#state.stack(id);
    if (kept === undefined) return;
    const line = this.#stackLine(kept.stack, move, token);
    const at = this.#deps.clock.now();
    const instants = { ...(isUpdate && { updatedAt: at }), ...(IS_GOING.has(move.status) && { deletedAt: at }) };
    this.#record({ type: "stackMoved", at, stackId: id, line, ...move, ...instants });
  }

  /** Tells of a resource. */
  tell(id: string, news: ResourceNews): void {
    if (this.#state.stack(id) === undefined) return;
    const at = this.#nextLineAt(id);
    const eventId = `${news.logicalId}-${news.status}-${formatIso8601(at)}`;
    const line = { eventId, at, ...news };
    this.#record({ type: "stackResourceMoved", at: this.#deps.clock.now(), stackId: id, line });
  }

  /** Says what the stack holds now. */
  settle(id: string, content: StackContent): void {
    if (this.#state.stack(id) === undefined) return;
    this.#record({ type: "stackContentSet", at: this.#deps.clock.now(), stackId: id, content });
  }

  protect(id: string, isProtected: boolean): void {
    this.#make(id);
    this.#record({ type: "stackProtected", at: this.#deps.clock.now(), stackId: id, isProtected });
  }

  setPolicy(id: string, policy: string): void {
    this.#make(id);
    this.#record({ type: "stackPolicySet", at: this.#deps.clock.now(), stackId: id, policy });
  }

  /** Keeps a change set. Throws LimitExceeded when there are too many on its stack. */
  openChangeSet(wanted: Omit<ChangeSet, "id" | "createdAt">): ChangeSet {
    this.#make(wanted.stackId);
    const others = this.changeSetsOf(wanted.stackId);
    const done = others.find(isDone);
    const at = this.#deps.clock.now();
    if (others.length >= MOST_CHANGE_SETS) {
      if (done === undefined)
        throw new LimitExceeded(`Limit on the number of change sets, ${MOST_CHANGE_SETS}, is reached`);
      this.#record({ type: "changeSetDeleted", at, changeSetId: done.id });
    }
    const id = formatArn("cloudformation", this.scope, `changeSet/${wanted.name}/${this.#deps.ids.uuid()}`);
    const changeSet = { id, createdAt: at, ...wanted };
    this.#record({ type: "changeSetOpened", at, changeSet });
    return changeSet;
  }

  moveChangeSet(id: string, move: ChangeSetMove): void {
    if (this.#state.changeSet(id) === undefined) return;
    this.#record({ type: "changeSetMoved", at: this.#deps.clock.now(), changeSetId: id, ...move });
  }

  /** Makes the change sets of a stack useless that are still to be executed. */
  outdate(stackId: string, but?: string): void {
    for (const { id, executionStatus } of this.changeSetsOf(stackId)) {
      if (id !== but && executionStatus === "AVAILABLE") this.moveChangeSet(id, { executionStatus: "OBSOLETE" });
    }
  }

  deleteChangeSet(id: string): void {
    this.#record({ type: "changeSetDeleted", at: this.#deps.clock.now(), changeSetId: id });
  }

  /** Forgets everything. */
  reset(): void {
    this.#record({ type: "stacksReset", at: this.#deps.clock.now() });
  }

  /** The entries that build the same as it is now, whenever they are read. */
  taken(): Taken<Entry<StackEvent>> {
    const resource = formatArn("cloudformation", this.scope, "");
    const events = this.#state.taken();
    return takenAs(function* () {
      for (const event of events) yield { resource, event };
    });
  }

  /** Applies an event that a log kept. */
  replay(event: StackEvent): void {
    this.#state.apply(event);
    this.#deps.kept.update(this);
  }

  #kept(nameOrId: string): KeptStack | undefined {
    const known = nameOrId.startsWith("arn:") ? this.#state.stack(nameOrId) : this.#state.live(nameOrId);
    if (known !== undefined) return known;
    const unmade = this.#unmade();
    return unmade?.stack.name === nameOrId || unmade?.stack.id === nameOrId ? unmade : undefined;
  }

  /** The stack that is there by itself, until something becomes of it: to ask for it leaves nothing. */
  #unmade(): KeptStack | undefined {
    this.#born ??= this.#deps.born?.(this.scope);
    if (this.#born === undefined) return undefined;
    const { id, name } = this.#born.stack;
    const isMade = this.#state.stack(id) !== undefined || this.#state.live(name) !== undefined;
    return isMade ? undefined : this.#born;
  }

  #stackLine({ id, name }: Stack, { status, reason }: Pick<StackMove, "status" | "reason">, token?: string): StackLine {
    return {
      ...{ eventId: this.#deps.ids.uuid(), at: this.#nextLineAt(id), logicalId: name, physicalId: id },
      ...{ type: STACK_TYPE, status },
      ...(reason !== undefined && { reason }),
      ...(token !== undefined && { token }),
    };
  }

  /** No two lines of a stack are of one instant, since tools bring them into order by it. */
  #nextLineAt(id: string): number {
    const last = this.#state.stack(id)?.history.lines.at(-1);
    return Math.max(this.#deps.clock.now(), last === undefined ? 0 : last.at + 1);
  }

  #refuse(name: string): void {
    if (this.#kept(name) !== undefined) throw new AlreadyExists(`Stack [${name}] already exists`);
    if (this.#state.liveCount < MOST_STACKS) return;
    throw new LimitExceeded(`Limit on the number of stacks, ${MOST_STACKS}, is reached`);
  }

  #forgetOldest(): void {
    if (this.#state.count - this.#state.liveCount < MOST_DELETED) return;
    for (const { stack } of this.#state.stacks()) {
      if (stack.status !== "DELETE_COMPLETE") continue;
      this.#record({ type: "stackForgotten", at: this.#deps.clock.now(), stackId: stack.id });
      return;
    }
  }

  #record(event: StackEvent): void {
    this.replay(event);
    const log = this.#deps.logs.of(this.scope.account);
    if (log.isHeard) log.append([{ resource: formatArn("cloudformation", this.scope, ""), event }]);
  }

  /** Has the stack that is there by itself be one like others, where something becomes of it. */
  #make(id: string): void {
    const unmade = this.#unmade();
    if (unmade === undefined || unmade.stack.id !== id) return;
    const { stack, history } = unmade;
    this.#record({ type: "stackKept", at: 0, stack, lines: history.lines, resources: [...history.resources()] });
  }
}

const USER_INITIATED = "User Initiated";

/** AWS: a create that is rolled back has an instant of deletion, too. */
const IS_GOING: ReadonlySet<string> = new Set(["ROLLBACK_IN_PROGRESS", "DELETE_IN_PROGRESS", "DELETE_COMPLETE"]);
