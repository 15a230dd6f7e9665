import { type Context, createContext, Script } from "node:vm";
import type { Detection, Detector } from "./detector.ts";

/** For one text. Sound patterns take a few milliseconds for the largest message. */
const PATIENCE_MS = 250;

/** Only what runs on its own like this can be stopped from outside. */
const search = new Script(
  "Array.from(text.matchAll(pattern), ({ 0: { length }, index }) => ({ start: index, end: index + length }))",
);

let context: Context | undefined;

/**
 * Finds what a global pattern of somebody else's matches. A pattern such as `(a+)+$` can take years for a short text;
 * the search is given up then, and finds nothing. AWS's own matcher takes no longer for one pattern than for another.
 */
export function patientDetector(pattern: RegExp): Detector {
  return (text) => {
    context ??= createContext();
    const found = searched(Object.assign(context, { pattern, text }));
    return found.filter(({ start, end }) => end > start);
  };
}

function searched(within: Context): readonly Detection[] {
  try {
    return search.runInContext(within, { timeout: PATIENCE_MS });
  } catch (cause) {
    // It comes out of the other context, so it is no Error of this one.
    if ((cause as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return [];
    throw cause;
  }
}
