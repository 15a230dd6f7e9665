import { closeSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { devNull } from "node:os";

const require = createRequire(import.meta.url);

/**
 * A file descriptor kept back for what starting does not wait for: Node remembers that a package could not be
 * read when there was no descriptor left, and never finds it again.
 */
let spare: number | undefined = openSync(devNull, "r");

/**
 * What is made of a package, which may load more of itself on the way. All in one turn, so that no connection takes the
 * descriptor in between. Throws Node's error; what failed may be tried again.
 */
export function latePackage<Package, T>(name: string, make: (loaded: Package) => T): T {
  release();
  try {
    return make(require(name));
  } finally {
    holdBack();
  }
}

/**
 * What is made of a part of the program. As one file of the bundle it is read before the event loop goes on, so that no connection takes
 * the descriptor in between.
 */
export async function latePart<T>(make: () => Promise<T>): Promise<T> {
  release();
  try {
    return await make();
  } finally {
    holdBack();
  }
}

function release(): void {
  if (spare !== undefined) closeSync(spare);
  spare = undefined;
}

function holdBack(): void {
  try {
    spare ??= openSync(devNull, "r");
  } catch {
    // what was loaded has kept it; the next one has to do without
  }
}

/** Makes a value with the first call, and has it ever after. A load that failed is tried again with the next call. */
export function lazily<T>(load: () => T): () => T {
  let loaded: { readonly value: T } | undefined;
  return () => {
    if (loaded !== undefined) return loaded.value;
    const value = load();
    const held = { value };
    loaded = held;
    if (value instanceof Promise) {
      value.catch(() => {
        if (loaded === held) loaded = undefined;
      });
    }
    return value;
  };
}
