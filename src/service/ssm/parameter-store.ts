import { formatArn, scopeOfArn } from "../../kernel/arn.ts";
import { BOOTSTRAP_PARAMETER, BOOTSTRAP_VERSION } from "../../kernel/cdk-bootstrap.ts";
import { ByScope } from "../../kernel/collection/by-scope.ts";
import { readAtOnce, type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import type { Scope } from "../../kernel/scope.ts";
import { ParameterAlreadyExists, ParameterLimitExceeded, ParameterNotFound } from "./errors.ts";

/** A parameter with its latest value. */
export interface StoredParameter {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly changedAt: number;
  readonly dataType: string;
  readonly description?: string | undefined;
  /** What its values are held against. */
  readonly allowedPattern?: string | undefined;
  readonly tags?: Tags | undefined;
}

type Tags = Readonly<Record<string, string>>;

/** What can happen to parameters, as plain data. What is deleted is asked for no instant: `at` is 0 then. */
export type ParameterEvent = { readonly at: number } & (
  | { readonly type: "parameterPut"; readonly parameter: StoredParameter }
  | { readonly type: "parameterDeleted"; readonly name: string }
);

/** Hears what happens, of whichever account. Never throws. */
type ParameterListener = (account: string, entry: Entry<ParameterEvent>) => void;

/** AWS: of standard parameters there are 10,000. They lie in memory here. */
const MOST_PARAMETERS = 1000;

/** What is there by itself. */
const BOOTSTRAP: StoredParameter = {
  name: BOOTSTRAP_PARAMETER,
  type: "String",
  value: BOOTSTRAP_VERSION,
  version: 1,
  changedAt: 0,
  dataType: "text",
};

/** The parameters of one account and region, which is born bootstrapped. */
class Parameters {
  readonly scope: Scope;
  /** Undefined for what was deleted of that with which it is born. */
  readonly #byName = new Map<string, StoredParameter | undefined>();

  constructor(scope: Scope) {
    this.scope = scope;
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  get(name: string): StoredParameter | undefined {
    if (name === BOOTSTRAP.name && !this.#byName.has(name)) return BOOTSTRAP;
    return this.#byName.get(name);
  }

  /** By name. */
  list(): readonly StoredParameter[] {
    const names = [...new Set([...this.#byName.keys(), BOOTSTRAP.name])].sort();
    return names.flatMap((name) => this.get(name) ?? []);
  }

  /** The entries that build them as they are now, whenever they are read. */
  taken(): Taken<Entry<ParameterEvent>> {
    const { scope } = this;
    const parameters = [...this.#byName];
    return takenAs(function* () {
      for (const [name, parameter] of parameters) {
        if (parameter === undefined) yield entryOf(scope, { type: "parameterDeleted", at: 0, name });
        else yield entryOf(scope, { type: "parameterPut", at: parameter.changedAt, parameter });
      }
    });
  }

  put(parameter: StoredParameter): void {
    if (!this.#byName.has(parameter.name) && this.#byName.size >= MOST_PARAMETERS) throw new ParameterLimitExceeded();
    this.#byName.set(parameter.name, parameter);
  }

  delete(name: string): void {
    if (name === BOOTSTRAP.name) this.#byName.set(name, undefined);
    else this.#byName.delete(name);
  }
}

/** What is put under a name. */
interface Put
  extends Pick<StoredParameter, "name" | "value" | "changedAt" | "description" | "allowedPattern" | "tags"> {
  readonly type: string | undefined;
  readonly dataType: string | undefined;
  readonly overwrites: boolean;
}

/** The parameters of every account and region. */
export class ParameterStore {
  readonly #byScope = new ByScope((scope) => new Parameters(scope));
  #listener: ParameterListener | undefined;

  /** The parameter that a name, a name and a version, or an ARN stands for. Throws ParameterNotFound. */
  get(scope: Scope, name: string): StoredParameter {
    const found = this.find(scope, name);
    if (found === undefined) throw new ParameterNotFound();
    return found;
  }

  find(scope: Scope, named: string): StoredParameter | undefined {
    const name = nameIn(named);
    const [, bare = name, version] = /^(.*):(\d+)$/.exec(name) ?? [];
    const found = this.#byScope.in(scope).get(bare);
    return version === undefined || found?.version === Number(version) ? found : undefined;
  }

  /** By name. */
  list(scope: Scope): readonly StoredParameter[] {
    return this.#byScope.in(scope).list();
  }

  /** Keeps a value. Throws ParameterAlreadyExists unless it may replace another. */
  put(scope: Scope, { type, dataType = "text", overwrites, ...given }: Put): StoredParameter {
    const before = this.#byScope.in(scope).get(given.name);
    // Nobody has made yet what is there by itself.
    if (before !== undefined && before !== BOOTSTRAP && !overwrites) throw new ParameterAlreadyExists();
    const version = (before?.version ?? 0) + 1;
    const { description = before?.description, tags = before?.tags, allowedPattern, ...facts } = given;
    const kept = {
      ...(description !== undefined && { description }),
      ...(allowedPattern !== undefined && { allowedPattern }),
      ...(tags !== undefined && { tags }),
    };
    const parameter = { ...facts, type: type ?? before?.type ?? "String", version, dataType, ...kept };
    this.#record(scope, { type: "parameterPut", at: parameter.changedAt, parameter });
    return parameter;
  }

  /** Gives a parameter other tags, and leaves the rest of it as it is. Throws ParameterNotFound. */
  tag(scope: Scope, named: string, change: (tags: Tags) => Tags): void {
    const before = this.get(scope, named);
    const parameter = { ...before, tags: change(before.tags ?? {}) };
    this.#record(scope, { type: "parameterPut", at: parameter.changedAt, parameter });
  }

  /** Whether there was such a parameter. */
  delete(scope: Scope, named: string): boolean {
    const name = nameIn(named);
    if (this.#byScope.in(scope).get(name) === undefined) return false;
    this.#record(scope, { type: "parameterDeleted", at: 0, name });
    return true;
  }

  /** Has somebody hear of everything that happens from now on but resets. There is one who does, at the most. */
  listen(listener: ParameterListener): void {
    this.#listener = listener;
  }

  /** The entries that build all there is, or what is of one account. */
  *entries(account?: string): Generator<Entry<ParameterEvent>, void, void> {
    for (const entries of this.taken(account)) yield* readAtOnce(entries);
  }

  /** The same, as they are when they are taken, whenever they are read; to be taken at once. */
  *taken(account?: string): Generator<Taken<Entry<ParameterEvent>>, void, void> {
    for (const parameters of this.#byScope.within({ account })) yield parameters.taken();
  }

  /** Applies an entry that was kept. */
  replay({ resource, event }: Entry<ParameterEvent>): void {
    const parameters = this.#byScope.in(scopeOfArn(resource));
    if (event.type === "parameterPut") parameters.put(event.parameter);
    else parameters.delete(event.name);
    this.#byScope.update(parameters);
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    this.#byScope.reset(account);
  }

  #record(scope: Scope, event: ParameterEvent): void {
    const entry = entryOf(scope, event);
    this.replay(entry);
    this.#listener?.(scope.account, entry);
  }
}

function entryOf(scope: Scope, event: ParameterEvent): Entry<ParameterEvent> {
  const name = event.type === "parameterPut" ? event.parameter.name : event.name;
  return { resource: parameterArn(scope, name), event };
}

/** The name in an ARN, which has no slash of its own in front of it. */
function nameIn(text: string): string {
  const [, name = text] = /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(text) ?? [];
  return name;
}

export function parameterArn(scope: Scope, name: string): string {
  return formatArn("ssm", scope, `parameter${name.startsWith("/") ? "" : "/"}${name}`);
}
