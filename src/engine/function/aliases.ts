import { type Alias, type FunctionRecord, LATEST } from "./function.ts";
import { checkRevision, type FunctionBook, functionArn, functionIn, functionNotFound } from "./function-book.ts";
import {
  InvalidParameterValue,
  InvalidParameterValueUntyped,
  ResourceConflict,
  ResourceNotFound,
} from "./function-errors.ts";
import { resolved } from "./held-function.ts";

/** What an alias is to be. */
interface AliasSettings extends Omit<Alias, "name" | "revisionId"> {}

/** The aliases of functions. */
export class Aliases {
  readonly #book: FunctionBook;

  constructor(book: FunctionBook) {
    this.#book = book;
  }

  /** Throws ResourceNotFound. */
  get(name: string, alias: string): Alias {
    const { scope } = this.#book;
    const found = this.#book.find(name)?.aliases.get(alias);
    if (found === undefined) throw new ResourceNotFound(`Cannot find alias arn: ${functionArn(scope, name, alias)}`);
    return found;
  }

  /** By name. Throws ResourceNotFound when there is no such function. Costs what there are. */
  list(name: string, version?: string): readonly Alias[] {
    const all = [...functionIn(this.#book, name).aliases.values()];
    const wanted = version === undefined ? all : all.filter((alias) => alias.version === version);
    return wanted.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Throws ResourceNotFound, ResourceConflict and InvalidParameterValue. */
  create(name: string, alias: string, settings: AliasSettings): Alias {
    const record = functionIn(this.#book, name, settings.version);
    this.#checkVersion(record, settings.version);
    if (record.aliases.has(alias)) {
      throw new ResourceConflict(`Alias already exists: ${functionArn(this.#book.scope, name, alias)}`);
    }
    return this.#set(record, { name: alias, ...settings, revisionId: this.#book.revision() });
  }

  /** Changes what is given; no weights at all take those away that there are. */
  update(name: string, alias: string, change: Partial<AliasSettings>, revisionId?: string): Alias {
    const before = this.get(name, alias);
    const record = functionIn(this.#book, name);
    checkRevision(revisionId, before);
    const after = { ...before, ...change, revisionId: this.#book.revision() };
    this.#checkVersion(record, after.version);
    return this.#set(record, after);
  }

  /** One that is not there is no error. */
  delete(name: string, alias: string): void {
    if (this.#book.find(name)?.aliases.has(alias) !== true) return;
    this.#book.record({ type: "aliasDeleted", at: this.#book.now(), name, alias });
  }

  #set({ name, ...record }: FunctionRecord, { weights = {}, ...alias }: Alias): Alias {
    const others = Object.keys(weights);
    if (others.length > 1) {
      throw new InvalidParameterValue("Number of items in AdditionalVersionWeights cannot be greater than 1");
    }
    if (others.length > 0 && alias.version === LATEST) {
      throw new InvalidParameterValueUntyped("$LATEST is not supported for an alias pointing to more than 1 version");
    }
    for (const other of others) {
      if (other === alias.version) throw alreadyRouted(other);
      if (!record.versions.has(other)) throw functionNotFound(this.#book.scope, name, other);
    }
    const routed = others.length === 0 ? alias : { ...alias, weights };
    this.#book.record({ type: "aliasSet", at: this.#book.now(), name, alias: routed });
    return routed;
  }

  #checkVersion(record: FunctionRecord, version: string): void {
    const found = resolved(record, version);
    if (found === undefined || found.alias !== undefined) {
      throw functionNotFound(this.#book.scope, record.name, version);
    }
  }
}

function alreadyRouted(version: string) {
  return new InvalidParameterValue(
    `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
  );
}
