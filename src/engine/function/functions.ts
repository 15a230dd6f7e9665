import { formatArn } from "../../kernel/arn.ts";
import type { Keeping } from "../../kernel/collection/by-scope.ts";
import type { IndexRange } from "../../kernel/collection/ordered-index.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { Aliases } from "./aliases.ts";
import {
  type FunctionCode,
  type FunctionRecord,
  type FunctionSettings,
  type FunctionVersion,
  LATEST,
  type Recursion,
  type Resolved,
  type RuntimeUpdates,
  type Tags,
} from "./function.ts";
import { checkRevision, type FunctionBook, functionArn, functionIn, functionNotFound } from "./function-book.ts";
import { InvalidParameterValueUntyped, ResourceConflict } from "./function-errors.ts";
import type { Belongings, FunctionEvent } from "./function-event.ts";
import { FunctionsState } from "./functions-state.ts";
import { resolved } from "./held-function.ts";
import { InvokeConfigs } from "./invoke-configs.ts";
import { Policies } from "./policies.ts";
import { checkCode, isSame, nextVersion, type PublishOptions } from "./publishing.ts";

/** Where the bytes of code lie, as far as the engine has to do with it: it says when nobody has any use for some. */
export type ReleaseCode = (place: { readonly scope: Scope; readonly key: string }) => void;

interface FunctionsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logs: EventLogs;
  readonly kept: Keeping<Functions>;
  readonly releaseCode: ReleaseCode;
}

/** What a new function is. */
interface NewFunction extends Belongings {
  readonly name: string;
  readonly settings: FunctionSettings;
  readonly code: FunctionCode;
  /** Whether its first version is made, too. */
  readonly publishes?: boolean | undefined;
}

/** What changes of a function. */
interface FunctionChange {
  readonly settings?: FunctionSettings;
  readonly code?: FunctionCode;
  readonly publishes?: boolean | undefined;
  /** The only one that is to be changed. */
  readonly revisionId?: string | undefined;
}

/** A version as it stands while it is being made or changed, which is over by the next question. */
interface Announced {
  readonly version: FunctionVersion;
  readonly revisionId: string;
}

/** AWS: quotas, Lambda developer guide. */
export const MOST_CONCURRENT = 1000;
const LEAST_UNRESERVED = 100;

/** The functions of one account and region, with their versions, and what belongs to each. */
export class Functions {
  readonly scope: Scope;
  readonly aliases: Aliases;
  readonly policies: Policies;
  readonly invokeConfigs: InvokeConfigs;
  readonly #deps: FunctionsDeps;
  readonly #state = new FunctionsState();

  constructor(scope: Scope, deps: FunctionsDeps) {
    this.scope = scope;
    this.#deps = deps;
    const book: FunctionBook = {
      scope,
      now: () => deps.clock.now(),
      revision: () => deps.ids.uuid(),
      find: (name) => this.#state.find(name),
      record: (first, ...more) => this.#record([first, ...more]),
    };
    this.aliases = new Aliases(book);
    this.policies = new Policies(book);
    this.invokeConfigs = new InvokeConfigs(book);
  }

  get isEmpty(): boolean {
    return this.#state.count === 0;
  }

  get count(): number {
    return this.#state.count;
  }

  /** Of all versions, in bytes of zip files. */
  get codeBytes(): number {
    return this.#state.codeBytes;
  }

  /** How much of the account's concurrency is left for functions that have none reserved. */
  get unreserved(): number {
    return MOST_CONCURRENT - this.#state.reserved;
  }

  find(name: string): FunctionRecord | undefined {
    return this.#state.find(name);
  }

  /** Throws ResourceNotFound. */
  get(name: string): FunctionRecord {
    return functionIn(this, name);
  }

  /** The function, if its `$LATEST` is of that revision. Throws ResourceNotFound and PreconditionFailed. */
  current(name: string, revisionId: string | undefined): FunctionRecord {
    const record = this.get(name);
    checkRevision(revisionId, record.latest);
    return record;
  }

  /** The version that a qualifier means, or `$LATEST`. Throws ResourceNotFound. */
  resolve(name: string, qualifier?: string): Resolved {
    const record = this.find(name);
    const found = record && resolved(record, qualifier);
    if (found === undefined) throw functionNotFound(this.scope, name, qualifier);
    return found;
  }

  /** By name. */
  list(range?: IndexRange): Iterable<FunctionRecord> {
    return this.#state.list(range);
  }

  /** Whether any version has the code that lies under the key. */
  usesCode(key: string): boolean {
    return this.#state.usesCode(key);
  }

  /** Throws ResourceConflict when there is one of that name. */
  checkNew(name: string): void {
    if (this.find(name) !== undefined) throw new ResourceConflict(`Function already exist: ${name}`);
  }

  /** Throws ResourceConflict. */
  create({ name, settings, code, tags, codeSigning, publishes = false }: NewFunction): Announced {
    this.checkNew(name);
    const at = this.#deps.clock.now();
    const revisionId = this.#deps.ids.uuid();
    const latest = { version: LATEST, settings, code, revisionId: this.#deps.ids.uuid(), modifiedAt: at };
    const signing = codeSigning === undefined ? {} : { codeSigning };
    const created: FunctionEvent = { type: "functionCreated", at, name, latest, tags, ...signing };
    if (!publishes) {
      this.#record([created]);
      return { version: latest, revisionId };
    }
    const published = this.#publication(name, { ...latest, version: "1" }, at);
    this.#record([created, published]);
    return { version: published.version, revisionId };
  }

  /** Throws ResourceNotFound and PreconditionFailed. */
  update(name: string, { settings, code, publishes = false, revisionId: wanted }: FunctionChange): Announced {
    const record = this.current(name, wanted);
    const at = this.#deps.clock.now();
    const revisionId = this.#deps.ids.uuid();
    const latest = {
      ...record.latest,
      ...(settings && { settings }),
      ...(code && { code }),
      revisionId: this.#deps.ids.uuid(),
      modifiedAt: at,
    };
    const updated: FunctionEvent = { type: "functionUpdated", at, name, latest };
    if (!publishes) {
      this.#record([updated]);
      return { version: latest, revisionId };
    }
    const published = this.#publication(name, { ...latest, version: nextVersion(record) }, at);
    this.#record([updated, published]);
    return { version: published.version, revisionId };
  }

  /** A version of what `$LATEST` is; the last one when nothing has changed since. Throws ResourceNotFound, PreconditionFailed and InvalidParameterValue. */
  publish(name: string, wanted: PublishOptions = {}): FunctionVersion {
    const record = this.current(name, wanted.revisionId);
    const { latest } = record;
    checkCode(wanted.codeSha256, latest);
    const last = [...record.versions.values()].at(-1);
    if (last !== undefined && isSame(last, latest)) return last;
    const at = this.#deps.clock.now();
    const description = wanted.description ?? latest.settings.description;
    const settings = { ...latest.settings, description };
    const published = this.#publication(name, { ...latest, settings, version: nextVersion(record) }, at);
    this.#record([published]);
    return published.version;
  }

  /** With everything that belongs to it. Throws ResourceNotFound. */
  delete(name: string): void {
    this.get(name);
    this.#record([{ type: "functionDeleted", at: this.#deps.clock.now(), name }]);
  }

  /** One that is not there is no error. Throws ResourceNotFound when the function is not, and ResourceConflict. */
  deleteVersion(name: string, version: string): void {
    const { versions, aliases } = this.get(name);
    if (!versions.has(version)) return;
    const referring = [...aliases.values()].filter(
      (one) => one.version === version || one.weights?.[version] !== undefined,
    );
    if (referring.length > 0) {
      const names = referring.map((alias) => alias.name).join(", ");
      throw new ResourceConflict(`Unable to delete version because the following aliases reference it: [${names}]`);
    }
    this.#record([{ type: "versionDeleted", at: this.#deps.clock.now(), name, version }]);
  }

  /** Throws ResourceNotFound. */
  tag(name: string, tags: Tags): void {
    this.get(name);
    const revisionId = this.#deps.ids.uuid();
    this.#record([{ type: "functionTagged", at: this.#deps.clock.now(), name, tags, revisionId }]);
  }

  /** Throws ResourceNotFound, and InvalidParameterValue when too little would be left for the others. */
  reserve(name: string, count: number): void {
    const { reservedConcurrency = 0 } = functionIn(this, name, LATEST);
    if (this.unreserved + reservedConcurrency - count < LEAST_UNRESERVED) {
      throw new InvalidParameterValueUntyped(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LEAST_UNRESERVED}].`,
      );
    }
    this.#record([{ type: "concurrencyReserved", at: this.#deps.clock.now(), name, count }]);
  }

  /** Throws ResourceNotFound. */
  unreserve(name: string): void {
    if (this.get(name).reservedConcurrency === undefined) return;
    this.#record([{ type: "concurrencyReserved", at: this.#deps.clock.now(), name }]);
  }

  /** Throws ResourceNotFound. */
  setRecursion(name: string, recursion: Recursion): void {
    this.get(name);
    this.#record([{ type: "recursionSet", at: this.#deps.clock.now(), name, recursion }]);
  }

  /** When the runtime of a version would be brought up to date. Throws ResourceNotFound. */
  runtimeUpdates(name: string, qualifier?: string): RuntimeUpdates {
    const { record, version } = this.resolve(name, qualifier);
    return record.runtimeUpdates.get(version.version) ?? { on: "Auto" };
  }

  /** Throws ResourceNotFound. */
  setRuntimeUpdates(name: string, qualifier: string | undefined, updates: RuntimeUpdates): void {
    const { version } = this.resolve(name, qualifier).version;
    this.#record([{ type: "runtimeUpdatesSet", at: this.#deps.clock.now(), name, version, updates }]);
  }

  /** Forgets everything. */
  reset(): void {
    this.#record([{ type: "functionsReset", at: this.#deps.clock.now() }]);
  }

  /** The entries that build the same; to be read to the end at once. */
  *entries(): Generator<Entry<FunctionEvent>, void, void> {
    for (const event of this.#state.events()) yield { resource: this.#resourceOf(event), event };
  }

  /** Applies an event that a log kept. */
  replay(event: FunctionEvent): void {
    this.#state.apply(event);
    this.#state.takeUnusedCode();
    this.#deps.kept.update(this);
  }

  #publication(name: string, version: FunctionVersion, at: number) {
    const [revisionId, latestRevisionId] = [this.#deps.ids.uuid(), this.#deps.ids.uuid()];
    return { type: "versionPublished", at, name, version: { ...version, revisionId }, latestRevisionId } as const;
  }

  #record(events: readonly FunctionEvent[]): void {
    for (const event of events) this.#state.apply(event);
    for (const key of this.#state.takeUnusedCode()) this.#deps.releaseCode({ scope: this.scope, key });
    this.#deps.kept.update(this);
    const log = this.#deps.logs.of(this.scope.account);
    if (log.isHeard) log.append(events.map((event) => ({ resource: this.#resourceOf(event), event })));
  }

  #resourceOf(event: FunctionEvent): string {
    return event.type === "functionsReset" ? formatArn("lambda", this.scope, "") : functionArn(this.scope, event.name);
  }
}
