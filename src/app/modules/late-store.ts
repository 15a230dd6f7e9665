import { lazily } from "../../kernel/load/late-package.ts";
import type { Store } from "./module.ts";

/** Something that remembers, and is loaded when somebody wants it to. Until then it has nothing to forget. */
export class LateStore<S extends Store> implements Store {
  /** Loads it with the first call. */
  readonly load: () => Promise<S>;
  #store: S | undefined;

  constructor(load: () => Promise<S>) {
    this.load = lazily(async () => {
      this.#store = await load();
      return this.#store;
    });
  }

  reset(account?: string): void {
    this.#store?.reset(account);
  }
}
