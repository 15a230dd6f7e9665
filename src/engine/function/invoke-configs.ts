import { type FunctionRecord, type InvokeConfig, LATEST } from "./function.ts";
import { type FunctionBook, functionArn } from "./function-book.ts";
import { ResourceNotFound } from "./function-errors.ts";
import { resolved } from "./held-function.ts";

/** What asynchronous invocations come to, by function and qualifier. */
export class InvokeConfigs {
  readonly #book: FunctionBook;

  constructor(book: FunctionBook) {
    this.#book = book;
  }

  find(name: string, qualifier: string = LATEST): InvokeConfig | undefined {
    return this.#book.find(name)?.invokeConfigs.get(qualifier);
  }

  /** Throws ResourceNotFound. */
  get(name: string, qualifier: string = LATEST): InvokeConfig {
    const found = this.find(name, qualifier);
    if (found !== undefined) return found;
    const arn = functionArn(this.#book.scope, name, qualifier);
    throw new ResourceNotFound(`The function ${arn} doesn't have an EventInvokeConfig`);
  }

  /** By qualifier. Throws ResourceNotFound when there is no such function. Costs what there are. */
  list(name: string): readonly (readonly [qualifier: string, config: InvokeConfig])[] {
    return [...this.check(name).invokeConfigs].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** The function. Throws ResourceNotFound when it is not there, or has no such version or alias. */
  check(name: string, qualifier: string = LATEST): FunctionRecord {
    const record = this.#book.find(name);
    if (record === undefined || resolved(record, qualifier) === undefined) {
      throw new ResourceNotFound("The function doesn't exist.");
    }
    return record;
  }

  /** Puts one in the place of that which may be there. Throws as `check` does. */
  set(name: string, qualifier: string = LATEST, settings: Omit<InvokeConfig, "modifiedAt">): InvokeConfig {
    this.check(name, qualifier);
    const at = this.#book.now();
    const config = { modifiedAt: at, ...settings };
    this.#book.record({ type: "invokeConfigSet", at, name, qualifier, config });
    return config;
  }

  /** Throws ResourceNotFound. */
  delete(name: string, qualifier: string = LATEST): void {
    this.get(name, qualifier);
    this.#book.record({ type: "invokeConfigDeleted", at: this.#book.now(), name, qualifier });
  }
}
