import type { FunctionVersion } from "../../engine/function/function.ts";
import { functionArn } from "../../engine/function/function-book.ts";
import type { Functions } from "../../engine/function/functions.ts";
import { type PreparationDeps, PreparedVersion } from "./prepared-version.ts";

/** The versions of functions that were run, until they change or go. */
export class PreparedVersions {
  readonly #deps: PreparationDeps;
  /** By the ARN of the function, and then by version. */
  readonly #byFunction = new Map<string, Map<string, PreparedVersion>>();
  #revisions = 0;

  constructor(deps: PreparationDeps) {
    this.#deps = deps;
  }

  /** The version, made ready; anew if it is not the one that was. `retired` hears of one whose place it takes. */
  of(functions: Functions, name: string, version: FunctionVersion): PreparedVersion {
    const arn = functionArn(functions.scope, name);
    const versions = this.#byFunction.get(arn) ?? new Map<string, PreparedVersion>();
    const known = versions.get(version.version);
    if (known?.isOf(version)) return known;
    known?.retire();
    const revisionId = String(++this.#revisions);
    const prepared = new PreparedVersion({ scope: functions.scope, name, version, revisionId }, this.#deps);
    this.#byFunction.set(arn, versions.set(version.version, prepared));
    return prepared;
  }

  /** Takes out a version of a function, or all of them. */
  take(arn: string, version?: string): readonly PreparedVersion[] {
    const versions = this.#byFunction.get(arn);
    if (versions === undefined) return [];
    const taken = version === undefined ? [...versions.values()] : present(versions.get(version));
    for (const one of taken) one.retire();
    if (version !== undefined) versions.delete(version);
    if (version === undefined || versions.size === 0) this.#byFunction.delete(arn);
    return taken;
  }

  /** Takes out all of them whose ARNs begin like that. Looks at each. */
  takeAll(prefix: string): readonly PreparedVersion[] {
    return [...this.#byFunction.keys()].filter((arn) => arn.startsWith(prefix)).flatMap((arn) => this.take(arn));
  }
}

function present<T>(one: T | undefined): readonly T[] {
  return one === undefined ? [] : [one];
}
