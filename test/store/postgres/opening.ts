import type { Database } from "../../../src/store/postgres/connection.ts";
import { openPostgresStore } from "../../../src/store/postgres/postgres-store.ts";
import type { Durability, Store } from "../../../src/store/store.ts";

/** A second one who opens a database: it stands by, and looks again whenever it is told to. */
export class Second {
  /** Resolves once it waits. */
  readonly standsBy: Promise<void>;
  readonly opening: Promise<Store>;
  readonly #waits: (() => void)[] = [];
  #look: () => void = () => {};
  stop: () => void = () => {};

  constructor(url: string, timing: Pick<Database, "silentMs"> = {}) {
    let begun: () => void = () => {};
    this.standsBy = new Promise((resolve) => {
      begun = resolve;
    });
    const pause = (): Promise<void> =>
      new Promise((resolve, reject) => {
        this.#look = resolve;
        this.stop = () => reject(new Error("told to stop"));
        begun();
        for (const waits of this.#waits.splice(0)) waits();
      });
    this.opening = openPostgresStore({ url, durability: "process", ...timing }, { begin: async () => {}, pause });
  }

  look(): void {
    this.#look();
  }

  /** The same, until it waits again. */
  async lookInVain(): Promise<void> {
    const waits = new Promise<void>((resolve) => this.#waits.push(resolve));
    this.#look();
    await waits;
  }
}

export const nobody = {
  begin: () => Promise.reject(new Error("somebody else serves")),
  pause: () => Promise.reject(new Error("somebody else serves")),
};
export const openAt = (url: string, durability: Durability = "process") =>
  openPostgresStore({ url, durability }, nobody);
