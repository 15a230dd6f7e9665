import { closeSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { devNull } from "node:os";

/**
 * Loads packages that starting does not wait for, with a file descriptor kept back for them: Node remembers that a
 * package could not be read when there was no descriptor left, and never finds it again. Loading is synchronous, so that
 * no connection takes that descriptor in between.
 */
export class LatePackages {
  #spare: number | undefined = openSync(devNull, "r");
  #isClosed = false;

  /** What is made of a package, which may load more of itself on the way. Throws Node's error; it may be tried again. */
  load<Package, T>(name: string, make: (loaded: Package) => T): T {
    this.#release();
    try {
      return make(createRequire(import.meta.url)(name));
    } finally {
      this.#keep();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#release();
  }

  #release(): void {
    if (this.#spare !== undefined) closeSync(this.#spare);
    this.#spare = undefined;
  }

  #keep(): void {
    if (this.#isClosed) return;
    try {
      this.#spare = openSync(devNull, "r");
    } catch {
      // What was loaded has kept it; the next one has to do without.
    }
  }
}
