import { formatArn } from "../../kernel/arn.ts";
import { BOOTSTRAP_PARAMETER, BOOTSTRAP_VERSION } from "../../kernel/cdk-bootstrap.ts";
import { ByScope } from "../../kernel/collection/by-scope.ts";
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
  readonly tags?: Tags | undefined;
}

type Tags = Readonly<Record<string, string>>;

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
interface Put extends Pick<StoredParameter, "name" | "value" | "changedAt" | "description" | "tags"> {
  readonly type: string | undefined;
  readonly dataType: string | undefined;
  readonly overwrites: boolean;
}

/** The parameters of every account and region. */
export class ParameterStore {
  readonly #byScope = new ByScope((scope) => new Parameters(scope));

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
    const parameters = this.#byScope.in(scope);
    const before = parameters.get(given.name);
    // Nobody has made yet what is there by itself.
    if (before !== undefined && before !== BOOTSTRAP && !overwrites) throw new ParameterAlreadyExists();
    const version = (before?.version ?? 0) + 1;
    const { description = before?.description, tags = before?.tags, ...facts } = given;
    const kept = { ...(description !== undefined && { description }), ...(tags !== undefined && { tags }) };
    const parameter = { ...facts, type: type ?? before?.type ?? "String", version, dataType, ...kept };
    parameters.put(parameter);
    this.#byScope.update(parameters);
    return parameter;
  }

  /** Gives a parameter other tags, and leaves the rest of it as it is. Throws ParameterNotFound. */
  tag(scope: Scope, named: string, change: (tags: Tags) => Tags): void {
    const parameters = this.#byScope.in(scope);
    const before = this.get(scope, named);
    parameters.put({ ...before, tags: change(before.tags ?? {}) });
    this.#byScope.update(parameters);
  }

  /** Whether there was such a parameter. */
  delete(scope: Scope, name: string): boolean {
    const parameters = this.#byScope.in(scope);
    if (parameters.get(nameIn(name)) === undefined) return false;
    parameters.delete(nameIn(name));
    this.#byScope.update(parameters);
    return true;
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    this.#byScope.reset(account);
  }
}

/** The name in an ARN, which has no slash of its own in front of it. */
function nameIn(text: string): string {
  const [, name = text] = /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(text) ?? [];
  return name;
}

export function parameterArn(scope: Scope, name: string): string {
  return formatArn("ssm", scope, `parameter${name.startsWith("/") ? "" : "/"}${name}`);
}
